package dev.inlay.plugins.encoding;

import dev.inlay.Features;
import dev.inlay.Reference;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What mmsegmentation, the authors' code and FastFCN's call {@link Encoding}'s options and
 * parameters.
 */
final class EncodingReferences {

  private static final String CLASSIFIER =
      " | fcn(dropout={dropout_ratio=0.1}, alignCorners={align_corners=false})";

  private EncodingReferences() {}

  static List<Reference<Encoding.Options>> all() {
    return List.of(
        mmsegmentation(),
        authors(),
        authorsModule(),
        authorsLayer(),
        authorsLosses(),
        mmsegmentationLabels());
  }

  private static Reference<Encoding.Options> mmsegmentation() {
    return Reference.<Encoding.Options>of(
            "EncHead",
            "encoding(channels={channels}, codes={num_codes=32}, laterals={add_lateral=false},"
                + " presence={use_se_loss=true}, weight={loss_se_decode.loss_weight=0.2},"
                + " alignCorners={align_corners=false})"
                + CLASSIFIER)
        .saying("add_lateral", Map.of("false", "0", "true", "{earlier}"))
        .ignoring("loss_se_decode");
  }

  private static Reference<Encoding.Options> authors() {
    return Reference.<Encoding.Options>of(
            "encnet.py:EncHead",
            "encoding(channels={mid=512}, kernel={jpu=false}, codes={ncodes=32},"
                + " laterals={lateral=true}, presence={se_loss=true}, alignCorners=true)"
                + CLASSIFIER)
        .saying("lateral", Map.of("false", "0", "true", "2"))
        .saying("jpu", Map.of("false", "3", "true", "1"))
        .ignoring("c2", "c3", "c4")
        .taking(1, 2, 0)
        .renaming("conv5.0.", "bottleneck.conv.")
        .renaming("conv5.1.", "bottleneck.bn.")
        .renaming("conv6.1.", "conv_seg.")
        .renaming("connect.0.0.", "lateral_convs.0.conv.")
        .renaming("connect.0.1.", "lateral_convs.0.bn.")
        .renaming("connect.1.0.", "lateral_convs.1.conv.")
        .renaming("connect.1.1.", "lateral_convs.1.bn.")
        .renaming("fusion.0.", "fusion.conv.")
        .renaming("fusion.1.", "fusion.bn.")
        .renaming("encmodule.encoding.0.", "enc_module.encoding_project.conv.")
        .renaming("encmodule.encoding.1.", "enc_module.encoding_project.bn.")
        .renaming("encmodule.encoding.3.", "enc_module.encoding.0.")
        .renaming("encmodule.encoding.4.", "enc_module.encoding.1.")
        .renaming("encmodule.fc.", "enc_module.fc.")
        .renaming("encmodule.selayer.", "se_layer.");
  }

  private static Reference<Encoding.Options> authorsModule() {
    return Reference.<Encoding.Options>of(
            "encnet.py:EncModule",
            "encoding(codes={ncodes=32}, presence={se_loss=true})",
            EncodingReferences::module)
        .renaming("encoding.0.", "encoding_project.conv.")
        .renaming("encoding.1.", "encoding_project.bn.")
        .renaming("encoding.3.", "encoding.0.")
        .renaming("encoding.4.", "encoding.1.")
        .renaming("selayer.", "se_layer.");
  }

  /** The module of the authors' code: the weighed map and, if asked for, the presence logits. */
  private static List<Tensor> module(Encoding.Options options, Features input, Scope scope) {
    Tensor semantics = Encoding.semantics(input.last(), options.codes(), scope);
    List<Tensor> made = new ArrayList<>(List.of(Encoding.weigh(input.last(), semantics, scope)));
    if (options.presence()) {
      made.add(Encoding.presence(semantics, input.classes(), scope));
    }
    return made;
  }

  private static Reference<Encoding.Options> authorsLayer() {
    return Reference.<Encoding.Options>of(
            "encoding.py:Encoding",
            "encoding(codes={K})",
            (options, x, scope) -> List.of(Encoding.encode(x.last(), options.codes(), scope)))
        .ignoring("D");
  }

  private static Reference<Encoding.Options> authorsLosses() {
    return Reference.<Encoding.Options>of(
            "customize.py:SegmentationLosses",
            "encoding(weight={se_weight=0.2})",
            new SegmentationLosses())
        .only("reduction", "mean", "mean")
        .only("size_average", "true", "true")
        .ignoring("aux_weight", "se_loss", "aux");
  }

  private static Reference<Encoding.Options> mmsegmentationLabels() {
    return Reference.of(
        "EncHead._convert_to_onehot_labels", "encoding", EncodingReferences::presentClasses);
  }

  /** Which classes labels (B,H,W) hold, without the id that datasets usually ignore. */
  private static List<Tensor> presentClasses(
      Encoding.Options options, Features input, Scope scope) {
    Tensor labels = input.last();
    return List.of(labels.present(input.classes(), 255));
  }
}
