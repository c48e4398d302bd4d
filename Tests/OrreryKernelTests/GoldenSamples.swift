@testable import OrreryKernel

/// A sampler and its numbers from the stream (2026, its name, "golden"): eight samples, then the digest of 10,000 more.
struct GoldenSamples: Sendable {
    let name: String
    let sampler: any Sampler
    let first: [UInt64]
    let digest: String

    static let all = [
        GoldenSamples(
            name: "constant", sampler: Constant(2.5),
            first: [
                0x4004_0000_0000_0000, 0x4004_0000_0000_0000, 0x4004_0000_0000_0000, 0x4004_0000_0000_0000,
                0x4004_0000_0000_0000, 0x4004_0000_0000_0000, 0x4004_0000_0000_0000, 0x4004_0000_0000_0000,
            ],
            digest: "436bfbe8811c00a49d20298f72df3f97"),
        GoldenSamples(
            name: "uniform", sampler: Uniform(minimum: 1, maximum: 3),
            first: [
                0x3FF4_2E4D_6D34_45FF, 0x4006_7E84_AAB6_89E2, 0x3FF0_0910_8D8F_9A63, 0x4005_AB64_A2C7_A83C,
                0x4003_2E9F_9D3C_DFD4, 0x3FF8_4660_1760_F762, 0x4005_88B9_F770_1660, 0x3FFB_92A5_98DD_B859,
            ],
            digest: "6b59082f9048a8c529a518483d1cd7d9"),
        GoldenSamples(
            name: "exponential", sampler: Exponential(mean: 2),
            first: [
                0x3FE2_6130_3C73_292B, 0x4000_3F88_48A5_450F, 0x3FD8_4563_45ED_AE4E, 0x3FB6_4357_B0DB_A287,
                0x3FEA_A3D2_F55E_00DF, 0x400D_71A3_B3CE_4CD4, 0x4004_E301_3E64_1A72, 0x3FFA_8D56_2B3E_3666,
            ],
            digest: "c52e6711e987e83393f62ed9b6c5ce57"),
        GoldenSamples(
            name: "normal", sampler: Normal(mean: 10, standardDeviation: 3),
            first: [
                0x4023_1AAD_3976_97A4, 0x4027_BFAA_E91D_473F, 0x4023_8032_E472_D374, 0x4023_90D9_6BC7_7E7F,
                0x401B_C34D_00B2_A453, 0x4025_414A_2B1E_F58A, 0x4022_72F1_D93C_77A5, 0x4025_588A_AEF3_754A,
            ],
            digest: "2258097955111d552066f28323eec836"),
        GoldenSamples(
            name: "lognormal", sampler: Lognormal(mean: 2, variation: 0.5),
            first: [
                0x400A_AB98_15FD_713A, 0x3FF9_C485_5336_0669, 0x4003_997E_1287_4B26, 0x3FFC_8F63_CA4C_E8C2,
                0x400F_AE29_FD51_6137, 0x3FF9_1AB8_1480_37D0, 0x4009_D82B_190B_9324, 0x4002_FC09_58A9_C40B,
            ],
            digest: "1486b2dbf745a63417d50645839dba11"),
        GoldenSamples(
            name: "gamma", sampler: Gamma(mean: 2, variation: 0.7),
            first: [
                0x3FF3_779F_FA0F_4A78, 0x3FFB_A40B_086E_7105, 0x4007_EED9_E4B5_840F, 0x3FFF_3DB6_7BA8_2688,
                0x3FD1_C00D_F4E1_DC6D, 0x3FEF_8E9B_1D5E_CD17, 0x3FF7_BE87_9935_1D45, 0x4003_D8B7_8C12_E0C3,
            ],
            digest: "03436a95264f55e4472fbb70d55b129d"),
        GoldenSamples(
            name: "gamma below 1", sampler: Gamma(mean: 2, variation: 1.5),
            first: [
                0x3FEA_1FEC_6411_C231, 0x3FF4_F2C7_8F62_22DE, 0x3FBC_C5BA_F435_DA70, 0x3F8C_124A_AC9A_0772,
                0x3FB7_0A86_625C_8A7F, 0x3FB9_1F2D_36BF_9C4B, 0x3F52_65AA_E8F9_F4FC, 0x3FF0_73D6_0960_62BE,
            ],
            digest: "c90c9016b96de5e8b191b57862045af6"),
        GoldenSamples(
            name: "erlang", sampler: Erlang(mean: 2, stages: 4),
            first: [
                0x4005_2BB3_7459_B523, 0x3FF7_4EB7_B139_7662, 0x4007_1600_FC3E_B344, 0x3FF2_9581_BD19_AFCE,
                0x3FF2_D0FA_F3F0_8643, 0x4010_C787_1E59_D2E6, 0x3FF8_2E75_0C6D_B9DC, 0x400D_3197_D458_66CA,
            ],
            digest: "a5d69f76ed5d3c916ec44a68ab1e64f8"),
        GoldenSamples(
            name: "hyper-exponential", sampler: HyperExponential(mean: 2, variation: 2),
            first: [
                0x3FF2_A810_8697_82EE, 0x3FFA_710B_C7D7_6F9C, 0x3FF8_46E6_9C4B_A69B, 0x4021_5363_60DA_2E71,
                0x3FF2_D6BF_A05F_CA54, 0x3FF9_BA55_5A20_E522, 0x3FC7_EC2D_EA59_77F6, 0x3FB9_023B_B5AF_9405,
            ],
            digest: "8d17fa243d11bd2fd05e5a2c18088dad"),
        GoldenSamples(
            name: "weibull", sampler: Weibull(scale: 2, shape: 1.5),
            first: [
                0x3FF7_3BF1_356C_7C9E, 0x3FF3_6F83_24F9_94E9, 0x3FFA_CF5C_AA76_496A, 0x3FF2_5B73_D714_F637,
                0x4000_3D86_8FC0_FC33, 0x3FCE_E975_82FC_60AD, 0x3FF7_483B_6609_BF49, 0x3FCD_92AA_FB92_CABA,
            ],
            digest: "56e1866234ee8d3a71c885a1167034c2"),
        GoldenSamples(
            name: "pareto", sampler: Pareto(minimum: 1, shape: 2.5),
            first: [
                0x3FF2_08B2_6DFA_DF18, 0x3FF4_6FF4_3F8D_4B42, 0x3FF3_AE06_C159_ED56, 0x400B_473F_6385_6096,
                0x3FF8_1348_A153_B8D1, 0x3FF1_97EC_8F70_58E8, 0x4015_D2E7_6532_2762, 0x400E_FF33_4264_E0FF,
            ],
            digest: "1c658ec22fde3a408fe099463ce09230"),
        GoldenSamples(
            name: "bernoulli", sampler: Bernoulli(probability: 0.3),
            first: [
                0x3FF0_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x0000_0000_0000_0000,
                0x0000_0000_0000_0000, 0x0000_0000_0000_0000, 0x0000_0000_0000_0000, 0x3FF0_0000_0000_0000,
            ],
            digest: "cd9c8914dd0736fe70e32ceea5f2f904"),
        GoldenSamples(
            name: "geometric", sampler: Geometric(probability: 0.2),
            first: [
                0x0000_0000_0000_0000, 0x4010_0000_0000_0000, 0x4018_0000_0000_0000, 0x4010_0000_0000_0000,
                0x3FF0_0000_0000_0000, 0x401C_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x4000_0000_0000_0000,
            ],
            digest: "69395c869e60d1583f4005e8043b536c"),
        GoldenSamples(
            name: "pareto-exponential",
            sampler: ParetoExponential(
                bodyShare: 0.9122, body: Pareto(minimum: 0.235, shape: 10), tail: Exponential(mean: 0.625)),
            first: [
                0x3FD0_55D1_7081_D3B7, 0x3FD0_C8CA_0223_AA09, 0x3FCE_5760_BCC8_5650, 0x3FCF_D37E_4A7A_7FDE,
                0x3FD0_FB2A_13DA_5D8E, 0x3FCE_3849_6F29_E624, 0x3FD4_6D87_56CD_7C13, 0x3FCE_4293_1AD5_2B1C,
            ],
            digest: "78ba1244fe98187cc2819a70dd177888"),
        GoldenSamples(
            name: "poisson", sampler: Poisson(expectedCount: 3),
            first: [
                0x4014_0000_0000_0000, 0x4000_0000_0000_0000, 0x4000_0000_0000_0000, 0x3FF0_0000_0000_0000,
                0x4018_0000_0000_0000, 0x4008_0000_0000_0000, 0x4014_0000_0000_0000, 0x4010_0000_0000_0000,
            ],
            digest: "d2f9d6b2e617d8eff1dc1f6c70753b11"),
        GoldenSamples(
            name: "poisson large", sampler: Poisson(expectedCount: 250),
            first: [
                0x4070_6000_0000_0000, 0x406D_E000_0000_0000, 0x406E_6000_0000_0000, 0x406F_0000_0000_0000,
                0x406F_A000_0000_0000, 0x406D_0000_0000_0000, 0x406C_A000_0000_0000, 0x4072_1000_0000_0000,
            ],
            digest: "72a8920ea72f2e74e97e47bacb38e34b"),
        GoldenSamples(
            name: "zipf", sampler: Zipf(size: 1000, exponent: 1.1),
            first: [
                0x4028_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x4044_8000_0000_0000, 0x4062_8000_0000_0000,
                0x4039_0000_0000_0000, 0x4024_0000_0000_0000, 0x4060_8000_0000_0000, 0x407E_4000_0000_0000,
            ],
            digest: "3de537ea497a19220da3de253fe59e19"),
        GoldenSamples(
            name: "empirical", sampler: Empirical(values: [1, 2, 5], weights: [5, 3, 2]),
            first: [
                0x4000_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x3FF0_0000_0000_0000,
                0x3FF0_0000_0000_0000, 0x3FF0_0000_0000_0000, 0x4014_0000_0000_0000, 0x4014_0000_0000_0000,
            ],
            digest: "c84097a8080ddb635c70ed1cfe4e8941"),
    ]
}
