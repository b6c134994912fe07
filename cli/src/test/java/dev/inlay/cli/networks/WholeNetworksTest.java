package dev.inlay.cli.networks;

import dev.inlay.cli.weights.Golden;
import dev.inlay.fixtures.GoldenFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That networks of several techniques compute what their references compute. A technique's own
 * tests know no other one, so that whatever needs two of them is compared at this place.
 */
final class WholeNetworksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          net_fcn_r18_d8;           auxiliary(channels=8) | fcn(convs=2, channels=16, concat=true)
          net_pspnet_r18_d8;        auxiliary(channels=8) | ppm(channels=16) | fcn
          net_deeplabv3_r18_d8;     auxiliary(channels=8) | aspp(rates=[12, 24, 36], channels=16) | fcn
          net_deeplabv3plus_r18_d8; auxiliary(channels=8) | aspp(rates=[12, 24, 36], channels=16, separable=true) | deeplabv3plus(fineChannels=5)
          net_ccnet_r18_d8;         auxiliary(channels=8) | criss-cross(channels=16) | fcn
          net_dmnet_r18_d8;         auxiliary(channels=8) | dcm(channels=16) | fcn
          net_encnet_r18_d8;        auxiliary(channels=8) | encoding(channels=16, codes=12) | fcn
          net_nonlocal_r18_d8;      auxiliary(channels=8) | non-local(channels=16) | fcn
          net_danet_r18_d8;         auxiliary(channels=8) | dual-attention(channels=16, keyChannels=6) | fcn
          net_dnlnet_r18_d8;        auxiliary(channels=8) | disentangled-non-local(channels=16) | fcn
          net_isanet_r18_d8;        auxiliary(channels=8) | interlaced-attention(channels=16, keyChannels=8) | fcn
          net_psanet_r18_d8;        auxiliary(channels=8) | point-wise-attention(channels=16, mask=[7, 9]) | fcn
          net_gcnet_r18_d8;         auxiliary(channels=8) | global-context(channels=16) | fcn
          net_apcnet_r18_d8;        auxiliary(channels=8) | adaptive-pyramid(channels=16) | fcn
          net_emanet_r18_d8;        auxiliary(channels=8) | expectation-maximisation(channels=16, emaChannels=32, bases=9) | fcn
          """)
  void isTheReferenceAfterASmallDilatedBackbone(String file, String stages) {
    GoldenFile.shared(file).with("resnet18(width=6, stemChannels=12) | " + stages).matches();
  }

  @Test
  void isTheReferenceAfterADeepBackbone() {
    GoldenFile.shared("net_pspnet_r50_d8")
        .with("resnet50(width=4, stemChannels=8) | auxiliary(channels=8) | ppm(channels=16) | fcn")
        .matches();
  }

  /** The reference's state has one layer under two names. */
  @Test
  void isTheReferenceWithASharedLayer() {
    GoldenFile.shared("net_annnet_r18_d8")
        .with(
            "resnet18(width=6, stemChannels=12) | auxiliary(channels=8)"
                + " | asymmetric-non-local(channels=16, keyChannels=8) | fcn")
        .renaming(
            "decode_head.context.stages.0.query_project.",
            "decode_head.context.stages.0.key_project.")
        .matches();
  }

  @Test
  void isTheReferenceWithACoarseHead() {
    GoldenFile.shared("net_ocrnet_r18_d8")
        .with(
            "resnet18(width=6, stemChannels=12)"
                + " | ocr(channels=32, keyChannels=16, coarseChannels=16) | fcn")
        .renaming("decode_head.0.", "decode_head.coarse.")
        .renaming("decode_head.1.", "decode_head.")
        .matches();
  }

  /** FastFCN's backbone both strides and dilates; its auxiliary head sees the third stage. */
  @Test
  void isTheReferenceOnAStridedDilatedBackbone() {
    GoldenFile.shared("net_fastfcn_r18_jpu_psp")
        .with(
            "resnet18(width=6, stemChannels=12, stride=32, dilations=[1, 1, 2, 4])"
                + " | auxiliary(channels=8)")
        .without("state.neck.")
        .without("state.decode_head.")
        .matches();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          net_fastfcn_r18_jpu_psp;  ppm(channels=16) | fcn
          net_fastfcn_r18_jpu_aspp; aspp(rates=[12, 24, 36], channels=16) | fcn
          net_fastfcn_r18_jpu_enc;  encoding(channels=16, codes=10) | fcn
          """)
  void isTheReferenceAfterJointPyramidUpsampling(String file, String stages) {
    GoldenFile.shared(file)
        .with(
            "resnet18(width=6, stemChannels=12, stride=32, dilations=[1, 1, 2, 4])"
                + " | auxiliary(channels=8) | jpu(channels=16) | "
                + stages)
        .under("jpu", "neck")
        .matches();
  }

  private static final String HRNET =
      "hrnet(width=6, firstWidth=6, modules=[1, 2, 1], blocks=[2, 2, 2, 2]) | ";

  @Test
  void isTheReferenceBeforeAClassifierOfAllBranches() {
    GoldenFile.shared("net_fcn_hr_small")
        .with(HRNET + "fcn(maps=all, convs=1, kernel=1, channels=90, dropout=0)")
        .matches();
  }

  @Test
  void isTheReferenceBeforeObjectContextOfAllBranches() {
    GoldenFile.shared("net_ocrnet_hr_small")
        .with(
            HRNET
                + "ocr(joined=true, channels=32, keyChannels=16, coarseKernel=1,"
                + " coarseChannels=90, dropout=0) | fcn(dropout=0)")
        .renaming("decode_head.0.", "decode_head.coarse.")
        .renaming("decode_head.1.", "decode_head.")
        // On some processors the image's gradient, rounded in every layer, is 1.05e-4 away.
        .within(2e-4)
        .matches();
  }

  @Test
  void separablePyramidAndDecoderAreTheReference() {
    GoldenFile.at(Golden.of("deeplabv3plus", "sepaspphead"))
        .with(
            "aspp(rates=[12, 24, 36], channels=16, separable=true) | deeplabv3plus(fineChannels=8)")
        .matches();
  }

  /** The reference's own coarse map is 14x16, where rates of 24 and 36 have no tap inside it. */
  @Test
  void separablePyramidAndDecoderAreTheReferenceOnAMapThatShowsEveryRate() {
    GoldenFile.at(Golden.of("deeplabv3plus", "sepaspphead_large"))
        .with(
            "aspp(rates=[12, 24, 36], channels=4, separable=true, alignCorners=true)"
                + " | deeplabv3plus(fineChannels=3, alignCorners=true)")
        .matches();
  }

  @Test
  void separablePyramidAndDecoderAreTheReferenceWithoutAFinerMap() {
    GoldenFile.at(Golden.of("deeplabv3plus", "sepaspphead_alone"))
        .with(
            "aspp(rates=[2, 6], pointwise=false, channels=4, separable=true, alignCorners=true)"
                + " | deeplabv3plus(fineChannels=0)")
        .matches();
  }
}
