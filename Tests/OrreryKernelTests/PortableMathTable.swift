import Testing

/// Arguments with correctly rounded values, computed once with mpmath 1.3.0 at 300 bits.
enum PortableMathTable {
    struct Row: Sendable, CustomTestStringConvertible {
        let function: PortableFunction
        let x: Double
        let y: Double
        let exact: UInt64

        init(_ function: PortableFunction, _ x: Double, _ y: Double, _ exact: UInt64) {
            self.function = function
            self.x = x
            self.y = y
            self.exact = exact
        }

        var testDescription: String { "\(function)(\(x), \(y))" }
    }

    static let rows = [
        Row(.log, 0x1p-1, 0x0p0, 0xBFE6_2E42_FEFA_39EF),
        Row(.log, 0x1.6a09e667f3bcdp-1, 0x0p0, 0xBFD6_2E42_FEFA_39EE),
        Row(.log, 0x1.fffffffffffffp-1, 0x0p0, 0xBCA0_0000_0000_0000),
        Row(.log, 0x1.199999999999ap0, 0x0p0, 0x3FB8_663F_793C_46CC),
        Row(.log, 0x1.8p1, 0x0p0, 0x3FF1_93EA_7AAD_030B),
        Row(.log, 0x1.2688b70e62bp-900 * 0x1p-130, 0x0p0, 0xC086_4E69_394D_9508),
        Row(.log, 0x1.7e43c8800759cp996, 0x0p0, 0x4085_9634_47F8_7FB5),
        Row(.log1p, -0x1.ff7ced916872bp-1, 0x0p0, 0xC01B_A18A_998F_FF9F),
        Row(.log1p, -0x1.2beb5b2d4d402p-2, 0x0p0, 0xBFD6_2E2F_E738_33B5),
        Row(.log1p, -0x1.19799812dea11p-40, 0x0p0, 0xBD71_9799_812D_F3BD),
        Row(.log1p, 0x1.56e1fc2f8f359p-997, 0x0p0, 0x01A5_6E1F_C2F8_F359),
        Row(.log1p, 0x1.a826aa8eb4635p-2, 0x0p0, 0x3FD6_2E38_6E3D_E810),
        Row(.log1p, 0x1.4p1, 0x0p0, 0x3FF4_0B51_2EB5_3D60),
        Row(.log1p, 0x1.5af1d78b58c4p66, 0x0p0, 0x4047_069E_2AA2_AA5B),
        Row(.exp, -0x1.724p9, 0x0p0, 0x0000_0000_0000_0033),
        Row(.exp, -0x1.e4p4, 0x0p0, 0x3D34_835B_D010_A41B),
        Row(.exp, -0x1.62e33eff19503p-2, 0x0p0, 0x3FE6_A0A3_B975_AFAE),
        Row(.exp, 0x1.12e0be826d695p-30, 0x0p0, 0x3FF0_0000_0044_B830),
        Row(.exp, 0x1p-1, 0x0p0, 0x3FFA_6129_8E1E_069C),
        Row(.exp, 0x1p0, 0x0p0, 0x4005_BF0A_8B14_5769),
        Row(.exp, 0x1.419999999999ap4, 0x0p0, 0x41BF_F59E_006D_EC7B),
        Row(.exp, 0x1.62ep9, 0x0p0, 0x7FEE_F85A_11E7_3F2D),
        Row(.expm1, -0x1.3cp5, 0x0p0, 0xBFF0_0000_0000_0000),
        Row(.expm1, -0x1.6666666666666p-1, 0x0p0, 0xBFE0_1BF9_2311_555F),
        Row(.expm1, -0x1.b7cdfd9d7bdbbp-34, 0x0p0, 0xBDDB_7CDF_D9D1_D693),
        Row(.expm1, 0x1.70ef54646d497p-57, 0x0p0, 0x3C67_0EF5_4646_D497),
        Row(.expm1, 0x1.3333333333333p-2, 0x0p0, 0x3FD6_6416_3230_6A56),
        Row(.expm1, 0x1p0, 0x0p0, 0x3FFB_7E15_1628_AED3),
        Row(.expm1, 0x1.38p3, 0x0p0, 0x40D0_C04E_A4CF_B973),
        Row(.expm1, 0x1.e8p4, 0x0p0, 0x42B0_063F_4E68_7AA2),
        Row(.expm1, 0x1.62cp9, 0x0p0, 0x7FE8_1E9B_4B52_D0C9),
        Row(.pow, 0x1p1, 0x1p-1, 0x3FF6_A09E_667F_3BCD),
        Row(.pow, 0x1.4p3, -0x1.8p1, 0x3F50_624D_D2F1_A9FC),
        Row(.pow, 0x1.999999999999ap-4, 0x1.3333333333333p-2, 0x3FE0_09B9_CF33_4253),
        Row(.pow, 0x1.000001ad7f29bp0, 0x1.7d784p26, 0x40D5_829D_1D3F_9926),
        Row(.pow, 0x1.ffffde7210be9p-1, -0x1.c9c38p24, 0x42A3_705A_271F_A6AB),
        Row(.pow, 0x1.56e1fc2f8f359p-997, 0x1.051eb851eb852p0, 0x0066_789E_3750_F743),
        Row(.pow, 0x1.ep2, 0x1.91p6, 0x5225_5827_360A_EBE5),
        Row(.pow, 0x1.fap-900 * 0x1p-164, 0x1p-3, 0x37A1_6C24_90B2_CC5F),
        Row(.sin, 0x1.12e0be826d695p-30, 0x0p0, 0x3E11_2E0B_E826_D695),
        Row(.sin, 0x1p-1, 0x0p0, 0x3FDE_AEE8_744B_05F0),
        Row(.sin, 0x1.921fb54442d19p-1, 0x0p0, 0x3FE6_A09E_667F_3BCD),
        Row(.sin, 0x1.921fb54442d18p1, 0x0p0, 0x3CA1_A626_3314_5C07),
        Row(.sin, 0x1.6p4, 0x0p0, 0xBF82_20A2_9F6E_B9F4),
        Row(.sin, 0x1.86ap16, 0x0p0, 0x3FA2_4DAA_9C52_7E96),
        Row(.sin, 0x1.e847f8p19, 0x0p0, 0xBFE2_448F_8FE1_A208),
        Row(.sin, -0x1.63p9, 0x0p0, 0xBF0F_9BD0_303F_6FAF),
        Row(.cos, 0x1.12e0be826d695p-30, 0x0p0, 0x3FF0_0000_0000_0000),
        Row(.cos, 0x1p-1, 0x0p0, 0x3FEC_1528_065B_7D50),
        Row(.cos, 0x1.921fb54442d18p0, 0x0p0, 0x3C91_A626_3314_5C07),
        Row(.cos, 0x1.921fb54442d18p1, 0x0p0, 0xBFF0_0000_0000_0000),
        Row(.cos, 0x1.6p3, 0x0p0, 0x3F72_20AE_41EE_2FDF),
        Row(.cos, 0x1.86ap16, 0x0p0, 0xBFEF_FAC3_841B_3DA7),
        Row(.cos, -0x1.e847f8p19, 0x0p0, 0x3FEA_45F7_C363_7B46),
        Row(.tan, 0x1.12e0be826d695p-30, 0x0p0, 0x3E11_2E0B_E826_D695),
        Row(.tan, 0x1p-1, 0x0p0, 0x3FE1_7B4F_5BF3_474A),
        Row(.tan, 0x1.921fb54442d18p0, 0x0p0, 0x434D_0296_7C31_CDB5),
        Row(.tan, 0x1.8p1, 0x0p0, 0xBFC2_3EF7_1254_B86F),
        Row(.tan, 0x1.86a04p16, 0x0p0, 0x3FCB_D9C1_47F2_083E),
        Row(.asin, -0x1p0, 0x0p0, 0xBFF9_21FB_5444_2D18),
        Row(.asin, -0x1.f3404ea4a8c15p-1, 0x0p0, 0xBFF5_8E03_B9C9_B3F6),
        Row(.asin, -0x1p-1, 0x0p0, 0xBFE0_C152_382D_7366),
        Row(.asin, 0x1.4f8b588e368f1p-17, 0x0p0, 0x3EE4_F8B5_88E4_E940),
        Row(.asin, 0x1.f5c28f5c28f5cp-2, 0x0p0, 0x3FE0_630A_0CAF_011A),
        Row(.asin, 0x1.6666666666666p-1, 0x0p0, 0x3FE8_D00E_692A_FD95),
        Row(.asin, 0x1.fffffff768fa1p-1, 0x0p0, 0x3FF9_21CC_6F77_CACB),
        Row(.acos, -0x1p0, 0x0p0, 0x4009_21FB_5444_2D18),
        Row(.acos, -0x1.ccccccccccccdp-1, 0x0p0, 0x4005_8647_6251_E745),
        Row(.acos, -0x1p-2, 0x0p0, 0x3FFD_2CF5_C7C7_0F0C),
        Row(.acos, 0x1.79ca10c924223p-67, 0x0p0, 0x3FF9_21FB_5444_2D18),
        Row(.acos, 0x1.f5c28f5c28f5cp-2, 0x0p0, 0x3FF0_F076_4DEC_AC8B),
        Row(.acos, 0x1.6666666666666p-1, 0x0p0, 0x3FE9_73E8_3F5D_5C9B),
        Row(.acos, 0x1.fffffff768fa1p-1, 0x0p0, 0x3F07_7266_3126_C72D),
        Row(.atan, 0x1.19799812dea11p-40, 0x0p0, 0x3D71_9799_812D_EA11),
        Row(.atan, -0x1.cp-2, 0x0p0, 0xBFDA_64EE_C3CC_23FD),
        Row(.atan, 0x1.3333333333333p-1, 0x0p0, 0x3FE1_4B1D_D5F9_0CE1),
        Row(.atan, 0x1p0, 0x0p0, 0x3FE9_21FB_5444_2D18),
        Row(.atan, 0x1p1, 0x0p0, 0x3FF1_B6E1_92EB_BE44),
        Row(.atan, -0x1.6p2, 0x0p0, 0xBFF6_414D_4409_4C7C),
        Row(.atan, 0x1.bc16d674ec8p59, 0x0p0, 0x3FF9_21FB_5444_2D18),
        Row(.atan2, 0x1p0, 0x1p0, 0x3FE9_21FB_5444_2D18),
        Row(.atan2, 0x1p0, -0x1p0, 0x4002_D97C_7F33_21D2),
        Row(.atan2, -0x1p0, -0x1.4f8b588e368f1p-17, 0xBFF9_2205_D09E_F188),
        Row(.atan2, -0x1.8p1, 0x1p2, 0xBFE4_978F_A326_9EE1),
        Row(.atan2, 0x1.56e1fc2f8f359p-997, -0x1.7e43c8800759cp996, 0x4009_21FB_5444_2D18),
        Row(.atan2, 0x1.4p2, 0x0p0, 0x3FF9_21FB_5444_2D18),
        Row(.logGamma, 0x1.4f8b588e368f1p-17, 0x0p0, 0x4027_069D_68F4_EC83),
        Row(.logGamma, 0x1p-1, 0x0p0, 0x3FE2_50D0_48E7_A1BD),
        Row(.logGamma, 0x1.2p2, 0x0p0, 0x4003_A140_A3A6_23CB),
        Row(.logGamma, 0x1.4p3, 0x0p0, 0x4029_9A89_21A7_F7CF),
        Row(.logGamma, 0x1.57p7, 0x0p0, 0x4086_2925_32A8_BEAA),
        Row(.logGamma, 0x1.2a05f2p33, 0x0p0, 0x4249_A437_10F4_67C1),
    ]
}
