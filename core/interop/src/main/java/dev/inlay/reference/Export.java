package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.pytorch.PyTorchWriter;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A model under the names of another project, to be used with its tools. */
public final class Export {

  private final ByteBuffer piece = ParameterSource.piece();
  private final TensorFile model;
  private final ModelInfo info;
  private final KeyMap keys;
  private final Map<String, TensorInfo> sources = new LinkedHashMap<>();

  private Export(TensorFile model, ModelInfo info, KeyMap keys) {
    this.model = model;
    this.info = info;
    this.keys = keys;
    model.tensors().forEach((name, tensor) -> put(keys.theirs().getOrDefault(name, name), tensor));
  }

  private void put(String theirs, TensorInfo tensor) {
    TensorInfo before = sources.put(theirs, tensor);
    if (before != null) {
      throw new InlayException(
          "%s can't be written under %s's names: %s and %s would both be %s"
              .formatted(model.path(), keys.names(), before.name(), tensor.name(), theirs));
    }
  }

  /**
   * Finds a model's names in another project.
   *
   * @param names the project, one of {@link #names()}
   * @throws InlayException if the file is no model, or its stages have no such names
   */
  public static Export of(TensorFile model, Techniques techniques, String names) {
    ModelInfo info = ModelInfo.of(model);
    NetworkSpec spec = NetworkSpec.parse(info.spec(), techniques);
    Assembly assembly = Assembly.of(spec, info.classes().size());
    return new Export(model, info, Layouts.of(project(names), assembly, techniques));
  }

  private static Project project(String name) {
    return Projects.find(name)
        .orElseThrow(
            () ->
                new InlayException(
                    "There are no names of the project '%s'. Known are: %s."
                        .formatted(name, String.join(", ", names()))));
  }

  /** The projects under whose names a model can be written. */
  public static List<String> names() {
    return Projects.all().stream().map(Project::name).toList();
  }

  /** Stages whose parameters keep their names, because the project has nothing like them. */
  public Set<String> withoutReference() {
    Set<String> stages = new LinkedHashSet<>();
    keys.theirs()
        .forEach(
            (ours, theirs) -> {
              if (ours.equals(theirs)) {
                stages.add(ours.substring(0, ours.indexOf('.')));
              }
            });
    return stages;
  }

  /** The first parts of the names, such as {@code decode_head}. */
  public Set<String> parts() {
    Set<String> parts = new TreeSet<>();
    sources.keySet().forEach(name -> parts.add(name.split("\\.", 2)[0]));
    return parts;
  }

  /** How many tensors there are. */
  public int count() {
    return sources.size();
  }

  /** Saves a checkpoint as torch.save writes it: a state dict with its meta. */
  public void savePyTorch(Path path) {
    List<List<Integer>> palette = info.palette().stream().map(Export::rgb).toList();
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("CLASSES", info.classes());
    meta.put("PALETTE", palette);
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("classes", info.classes());
    dataset.put("palette", palette);
    meta.put("dataset_meta", dataset);
    meta.put("inlay", info.toMetadata());
    PyTorchWriter.write(path, meta, tensors(), this::write);
  }

  /** Saves safetensors. */
  public void saveSafetensors(Path path) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    info.toMetadata().forEach((name, text) -> metadata.put(FileFacts.INLAY + name, text));
    SafetensorsWriter.write(path, metadata, tensors(), this::write);
  }

  private static List<Integer> rgb(String colour) {
    int value = Integer.parseInt(colour.substring(1), 16);
    return List.of(value >> 16, value >> 8 & 0xff, value & 0xff);
  }

  private List<TensorInfo> tensors() {
    List<TensorInfo> tensors = new ArrayList<>();
    sources.forEach(
        (name, tensor) -> tensors.add(new TensorInfo(name, tensor.type(), tensor.shape())));
    return tensors;
  }

  private void write(TensorInfo theirs, WritableByteChannel to) throws IOException {
    model.copy(Objects.requireNonNull(sources.get(theirs.name())), to, piece);
  }
}
