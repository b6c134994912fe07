package dev.inlay.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.Labels;
import dev.inlay.Preparation;
import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.StagePreparation;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.data.LabelSource;
import dev.inlay.image.LabelMap;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.PartInfo;
import dev.inlay.weights.Safetensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a preparation gets to see labels, and what becomes of its parameters. */
final class PreparedTest {

  private static final ClassList CLASSES =
      new ClassList(List.of(new LabelClass("a", 0), new LabelClass("b", 0xff)), 200);

  @TempDir private Path temp;
  private final Assembly network = network();

  private static Assembly network() {
    List<Techniques.Entry> found = new ArrayList<>();
    for (Technique<?> technique : ServiceLoader.load(Technique.class)) {
      found.add(new Techniques.Entry(technique, "class path"));
    }
    return Assembly.of(NetworkSpec.parse("resnet18(width=4) | fcn", Techniques.of(found)), 2);
  }

  /** Two label maps of one pixel each: the class 1 and the ignored id. */
  private static final LabelSource LABELS =
      new LabelSource() {
        @Override
        public int size() {
          return 2;
        }

        @Override
        public String name(int index) {
          return "map " + index;
        }

        @Override
        public LabelMap read(int index) {
          return new LabelMap(1, 1, new byte[] {index == 0 ? 1 : (byte) 200});
        }
      };

  /** Notes down what it sees, as often as it is told to ask, and then has these parameters. */
  private static final class Noting implements Preparation {
    private final List<String> seen = new ArrayList<>();
    private final Map<String, float[]> parameters;
    private int passes;

    Noting(int passes, Map<String, float[]> parameters) {
      this.passes = passes;
      this.parameters = parameters;
    }

    @Override
    public String summary() {
      return "notes";
    }

    @Override
    public void see(Labels labels) {
      seen.add(labels.id(0, 0) + (labels.id(0, 0) == labels.ignore() ? " ignored" : ""));
    }

    @Override
    public boolean again() {
      seen.add("again?");
      passes--;
      return passes > 0;
    }

    @Override
    public Map<String, float[]> parameters() {
      return parameters;
    }

    @Override
    public Map<String, Number> figures() {
      return Map.of("seen", seen.size());
    }
  }

  private Prepared prepared(Noting noting, Prepared.Progress progress) {
    Assembly.Stage decoder = network.stages().get(1);
    return Prepared.of(network, new StagePreparation(decoder, noting), LABELS, CLASSES, progress);
  }

  @Test
  void allLabelsAreShownAsOftenAsThePreparationAsks() {
    Noting noting = new Noting(2, Map.of());
    List<String> told = new ArrayList<>();
    Prepared prepared = prepared(noting, (pass, index) -> told.add(pass + "." + index));

    assertThat(noting.seen)
        .containsExactly("1", "200 ignored", "again?", "1", "200 ignored", "again?");
    assertThat(told).containsExactly("0.0", "0.1", "1.0", "1.1");
    assertThat(prepared.figures()).containsExactly(Map.entry("seen", 6));
  }

  @Test
  void parametersAreSavedUnderTheirNamesInTheNetwork() {
    Noting noting = new Noting(1, Map.of("conv_seg.bias", new float[] {0.25f, -1}));
    Path file = temp.resolve("part.safetensors");
    prepared(noting, (pass, index) -> {}).save(file, Map.of("classes", "a,b"));

    try (Safetensors saved = Safetensors.open(file)) {
      assertThat(saved.tensors().keySet()).containsExactly("fcn.conv_seg.bias");
      assertThat(saved.floats(saved.tensor("fcn.conv_seg.bias"))).containsExactly(0.25f, -1);
      assertThat(PartInfo.isPart(saved.metadata())).isTrue();
      assertThat(saved.metadata())
          .containsEntry("stages", "fcn")
          .containsEntry("seen", "3")
          .containsEntry("classes", "a,b");
    }
  }

  @Test
  void parametersThatTheStageDoesNotHaveAreRefused() {
    Noting unknown = new Noting(1, Map.of("conv_seg.scale", new float[1]));
    assertThatThrownBy(() -> prepared(unknown, (pass, index) -> {}))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "The stage 'fcn' prepared 'conv_seg.scale', but has no weight of that name. This"
                + " is a fault of the technique; report it to its author.");
    Noting longer = new Noting(1, Map.of("conv_seg.bias", new float[3]));
    assertThatThrownBy(() -> prepared(longer, (pass, index) -> {}))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "The stage 'fcn' prepared 3 values for 'conv_seg.bias', which has 2. This is a fault of"
                + " the technique; report it to its author.");
  }
}
