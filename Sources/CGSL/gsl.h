// The part of the GNU Scientific Library that Orrery uses. See OrreryStatistics/GSL/GSLBridge.swift.
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
