package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which tensor of a file becomes which parameter, and what becomes of the others. */
final class ImportTest {

  private static final String SPEC = "trunk | side | pool | last";

  private static ImportRequest request(String spec, boolean backboneOnly, Set<String> reset) {
    return request(spec, backboneOnly, reset, null);
  }

  private static ImportRequest request(
      String spec, boolean backboneOnly, Set<String> reset, @Nullable Integer classes) {
    return new ImportRequest(
        SampleParts.spec(spec), null, NameRules.NONE, backboneOnly, reset, classes, List.of());
  }

  private static Import matched(MemoryFile file, ImportRequest request) {
    return Import.of(file, SampleParts.TECHNIQUES, request);
  }

  private static Transfer whole(MemoryFile file) {
    return matched(file, request(SPEC, false, Set.of())).transfer();
  }

  private static void refused(MemoryFile file, ImportRequest request, String... parts) {
    assertThatThrownBy(() -> matched(file, request))
        .isInstanceOf(InlayException.class)
        .hasMessageContainingAll(parts);
  }

  private static MemoryFile mmseg(int classes) {
    return MemoryFile.of(SPEC, classes, "mmsegmentation");
  }

  private static List<String> names(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::name).toList();
  }

  private static void isWhole(Transfer transfer, String names) {
    assertThat(transfer.names()).isEqualTo(names);
    assertThat(transfer.loaded()).hasSize(transfer.parameters().size());
    assertThat(transfer.missing()).isEmpty();
    assertThat(transfer.leftOut()).isEmpty();
    assertThat(transfer.reshaped()).isEmpty();
  }

  @Test
  void aWholeFileIsLoadedWhole() {
    Import matched = matched(mmseg(7), request(SPEC, false, Set.of()));
    isWhole(matched.transfer(), "mmsegmentation");
    assertThat(matched.assembly().classes()).isEqualTo(7);
    assertThat(matched.origin()).isEqualTo("the given spec");
    assertThat(matched.info().classes()).hasSize(7).startsWith("class0");
    assertThat(matched.transfer().sources().get("last.conv_seg.bias"))
        .extracting(TensorInfo::name)
        .isEqualTo("decode_head.conv_seg.bias");
  }

  @Test
  void wrappersBeforeTheNamesAreSeenThrough() {
    isWhole(whole(mmseg(5).below("model.")), "mmsegmentation");
    Transfer beside = whole(mmseg(5).below("net.").put("criterion.weight", 5L));
    assertThat(beside.missing()).isEmpty();
    assertThat(beside.leftOut()).extracting(TensorInfo::name).containsExactly("criterion.weight");
  }

  @Test
  void namesThatWouldBecomeOneStayApart() {
    MemoryFile both = mmseg(5).below("module.");
    mmseg(5).tensors().values().forEach(t -> both.put(t.name(), t.type(), t.shape()));
    Transfer transfer = whole(both);
    assertThat(transfer.missing()).isEmpty();
    assertThat(transfer.leftOut())
        .hasSize(transfer.parameters().size())
        .allSatisfy(tensor -> assertThat(tensor.name()).startsWith("module."));
  }

  @Test
  void whatTheFileHasMoreIsLeftOutAndNamed() {
    Transfer transfer = whole(mmseg(5).put("ema_backbone_stem", 4L).put("decode_head.loss.w", 5L));
    assertThat(transfer.missing()).isEmpty();
    assertThat(transfer.leftOut())
        .extracting(TensorInfo::name)
        .containsExactly("ema_backbone_stem", "decode_head.loss.w");
  }

  @Test
  void countsOfBatchesMayBeMissing() {
    Transfer transfer = whole(mmseg(5).without("num_batches_tracked"));
    assertThat(transfer.missing()).isEmpty();
    assertThat(names(transfer.counters()))
        .containsExactly(
            "trunk.stem.bn.num_batches_tracked",
            "trunk.layer1.0.bn.num_batches_tracked",
            "pool.bottleneck.bn.num_batches_tracked");
  }

  @Test
  void dimensionsOfOneMakeNoDifference() {
    Transfer transfer = whole(mmseg(5).put("decode_head.bottleneck.conv.weight", 3L, 8L));
    assertThat(names(transfer.reshaped())).containsExactly("pool.bottleneck.conv.weight");
    assertThat(transfer.loaded()).hasSize(transfer.parameters().size());
  }

  @Test
  void whatIsMissingIsRefusedByName() {
    refused(
        mmseg(5).without("stem.bn.running_var"),
        request(SPEC, false, Set.of()),
        "weights.pth does not fit \"trunk | side | pool | last\" (23 parameters fit): the file lacks"
            + " trunk.stem.bn.running_var (4). Give the file's network, or rename tensors with --map.");
  }

  @Test
  void anotherShapeOrKindIsRefusedWithBoth() {
    refused(
        mmseg(5).put("backbone.stem.conv.weight", 4L, 3L, 5L, 5L),
        request(SPEC, false, Set.of()),
        "trunk.stem.conv.weight, F32 (4, 3, 5, 5) in the file and (4, 3, 3, 3) in the network");
    refused(
        mmseg(5).put("backbone.stem.bn.bias", TensorType.I64, List.of(4L)),
        request(SPEC, false, Set.of()),
        "trunk.stem.bn.bias, I64 (4) in the file and (4) in the network");
    refused(
        mmseg(5).put("backbone.stem.bn.num_batches_tracked", TensorType.F32, List.of()),
        request(SPEC, false, Set.of()),
        "trunk.stem.bn.num_batches_tracked, F32 () in the file and () in the network");
  }

  @Test
  void aHeadThatDoesNotFitPointsToTheBackbone() {
    refused(
        MemoryFile.of("trunk | side | last", 5, "mmsegmentation"),
        request(SPEC, false, Set.of()),
        "pool.bottleneck.conv.weight (3, 8, 1, 1)",
        "The backbone fits: import it alone with --backbone-only, or give the file's network.");
  }

  @Test
  void theBackboneAloneLeavesTheRestMissing() {
    Import matched = matched(mmseg(5), request("trunk | last", true, Set.of()));
    Transfer transfer = matched.transfer();
    assertThat(names(transfer.missing()))
        .containsExactly("last.conv_seg.weight", "last.conv_seg.bias");
    assertThat(transfer.inOrder()).hasSize(12).hasSize(transfer.loaded().size());
    assertThat(transfer.leftOut()).hasSize(mmseg(5).tensors().size() - 12);
    refused(
        mmseg(5).without("stem.bn.bias"),
        request("trunk | last", true, Set.of()),
        "the file lacks trunk.stem.bn.bias (4)");
  }

  @Test
  void aPublishedBackboneIsTakenAlone() {
    MemoryFile file = MemoryFile.of("trunk | last", 5, "a backbone alone").put("fc.weight", 9L, 8L);
    Transfer transfer =
        matched(
                file.without("conv_seg.weight").without("conv_seg.bias"),
                request(SPEC, true, Set.of()))
            .transfer();
    assertThat(transfer.names()).isEqualTo("a backbone alone");
    assertThat(transfer.loaded()).hasSize(12);
    assertThat(transfer.leftOut()).extracting(TensorInfo::name).containsExactly("fc.weight");
    refused(file, request(SPEC, false, Set.of()), "The backbone fits: import it alone");
  }

  @Test
  void anotherNumberOfClassesNeedsFreshClassifiers() {
    refused(
        mmseg(19),
        request(SPEC, false, Set.of(), 6),
        "weights.pth has 19 classes, but 6 were requested. Begin with fresh classifiers with --reset classifier.");
    Import matched = matched(mmseg(19), request(SPEC, false, Set.of(ImportRequest.CLASSIFIER), 6));
    assertThat(names(matched.transfer().reset()))
        .containsExactly(
            "side.conv_seg.weight",
            "side.conv_seg.bias",
            "last.conv_seg.weight",
            "last.conv_seg.bias");
    assertThat(matched.transfer().leftOut())
        .extracting(TensorInfo::name)
        .containsExactly(
            "auxiliary_head.conv_seg.weight",
            "auxiliary_head.conv_seg.bias",
            "decode_head.conv_seg.weight",
            "decode_head.conv_seg.bias");
    assertThat(matched.assembly().classes()).isEqualTo(6);
    assertThat(matched.info().training())
        .containsEntry("imported", "weights.pth")
        .containsEntry("reset", "classifier");
  }

  @Test
  void aStageMayBeReset() {
    Transfer transfer = matched(mmseg(5), request(SPEC, false, Set.of("pool"))).transfer();
    assertThat(names(transfer.reset())).hasSize(6).allMatch(name -> name.startsWith("pool."));
    refused(
        mmseg(5),
        request(SPEC, false, Set.of("pole")),
        "'pole' can't be reset: it is neither 'classifier' nor a stage of \"trunk | side | pool |"
            + " last\". Its stages are trunk, side, pool, last.");
  }

  @Test
  void headsOfSeveralNumbersOfClassesAreNotMixed() {
    refused(
        mmseg(5).put("decode_head.conv_seg.bias", 6L).put("decode_head.conv_seg.weight", 6L, 3L),
        request(SPEC, false, Set.of()),
        "last.conv_seg.bias, F32 (6) in the file and (5) in the network",
        "Only classifiers differ: begin with fresh ones with --reset classifier.");
  }

  @Test
  void theNumberOfClassesMustBeKnown() {
    MemoryFile bare = mmseg(5).without("conv_seg.weight").without("conv_seg.bias");
    refused(
        bare,
        request(SPEC, false, Set.of()),
        "weights.pth does not show its number of classes. Give it with --classes.");
    refused(bare, request(SPEC, false, Set.of(), 4), "Only classifiers differ");
    Import fresh = matched(bare, request(SPEC, false, Set.of(ImportRequest.CLASSIFIER), 4));
    assertThat(fresh.transfer().reset()).hasSize(4);
    refused(
        bare.without("bottleneck.conv.weight"),
        request(SPEC, false, Set.of()),
        "the file lacks pool.bottleneck.conv.weight");
  }

  @Test
  void unknownNamesAreShown() {
    refused(
        new MemoryFile().put("a.b", 1L).put("c", 1L),
        request(SPEC, false, Set.of()),
        "weights.pth has no parameter of \"trunk | side | pool | last\" under a known name. Its names look like a.b, c. Give the file's network, or rename tensors with --map.");
    refused(
        new MemoryFile(),
        request(SPEC, false, Set.of()),
        "weights.pth has no tensors. Give a file of weights.");
    ImportRequest nothing = request(SPEC, false, Set.of());
    refused(
        mmseg(5),
        new ImportRequest(
            nothing.network(), null, NameRules.parse("* ->"), false, Set.of(), null, List.of()),
        "weights.pth has tensors, but the rules of --map leave all of them out. Change the rules.");
  }

  @Test
  void someoneMustNameTheNetwork() {
    ImportRequest nobody =
        new ImportRequest(null, null, NameRules.NONE, false, Set.of(), null, List.of());
    refused(mmseg(5), nobody, "weights.pth does not name its network. Give a spec");
    MemoryFile own =
        mmseg(5)
            .text(
                "meta.cfg",
                "model = dict(backbone=dict(type='Trunk'), auxiliary_head=dict(type='LastHead',"
                    + " num_classes=5, in_index=0, norm_cfg=dict(type='BN')),"
                    + " decode_head=dict(type='PoolHead', channels=3, num_classes=5,"
                    + " in_index=1, norm_cfg=dict(type='BN')))")
            .text("meta.CLASSES", "[\"a\", \"b\", \"c\", \"d\", \"e\"]");
    Import matched = matched(own, nobody);
    isWhole(matched.transfer(), "mmsegmentation");
    assertThat(matched.origin()).isEqualTo("the file's own configuration");
    assertThat(matched.assembly().spec()).hasToString("trunk | side | pool | last");
    assertThat(matched.info().classes()).containsExactly("a", "b", "c", "d", "e");
  }
}
