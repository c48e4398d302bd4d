// The part of the GNU Scientific Library that Orrery uses. See OrreryStatistics/GSL/GSLBridge.swift.
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_fft_real.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_vector.h>

// The library's name for its trust-region method is a pointer that could be changed, which Swift refuses to read.
static inline const gsl_multifit_nlinear_type *orrery_trust_region(void) {
    return gsl_multifit_nlinear_trust;
}
