package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.pytorch.PyTorchWriter;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.NonFinite;
import dev.inlay.weights.ParameterMatch;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorSource;
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

/** A model with the parameter names of another project, for that project's tools. */
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
    model.tensors().forEach((name, tensor) -> keys.all(name).forEach(key -> put(key, tensor)));
  }

  private void put(String key, TensorInfo tensor) {
    TensorInfo before = sources.put(key, tensor);
    if (before != null) {
      throw new InlayException(
          "%s can't be exported with the names of %s: %s and %s would both be %s. Choose another project with --names."
              .formatted(model.path(), keys.names(), before.name(), tensor.name(), key));
    }
  }

  /**
   * Maps a model's parameter names to those of another project.
   *
   * @param names the project, one of {@link #names()}
   * @throws InlayException if the file is no model, its tensors are not the parameters of its
   *     network, the project is unknown, or two parameters would have the same name
   */
  public static Export of(TensorFile model, Techniques techniques, String names) {
    ModelInfo info = ModelInfo.of(model);
    NetworkSpec spec = NetworkSpec.ofText(info.spec(), techniques);
    Assembly assembly = Assembly.of(spec, info.classes().size());
    ParameterMatch.require(model, spec.toString(), assembly.graph().parameters().values());
    return new Export(model, info, Layouts.of(project(names), assembly, techniques));
  }

  private static Project project(String name) {
    return Projects.find(name)
        .orElseThrow(
            () ->
                new InlayException(
                    "There is no project '%s'. Known projects: %s."
                        .formatted(name, String.join(", ", names()))));
  }

  /** The projects whose names an export can use. */
  public static List<String> names() {
    return Projects.all().stream().map(Project::name).toList();
  }

  /** The stages whose parameters keep Inlay's names, because the project has no equivalent. */
  public Set<String> withoutReference() {
    Set<String> stages = new LinkedHashSet<>();
    keys.byParameter()
        .forEach(
            (name, key) -> {
              if (name.equals(key)) {
                stages.add(name.substring(0, name.indexOf('.')));
              }
            });
    return stages;
  }

  /** The first components of the names, such as {@code decode_head}. */
  public Set<String> parts() {
    Set<String> parts = new TreeSet<>();
    sources.keySet().forEach(name -> parts.add(name.split("\\.", 2)[0]));
    return parts;
  }

  /** The number of tensors. */
  public int count() {
    return sources.size();
  }

  /**
   * Saves a PyTorch checkpoint: a state dict with metadata.
   *
   * @throws InlayException if tensors have numbers that are NaN or infinite, with the model's
   *     names; no file is written
   */
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
    PyTorchWriter.write(path, meta, tensors(), finite());
  }

  /**
   * Saves a safetensors file.
   *
   * @throws InlayException as {@link #savePyTorch}
   */
  public void saveSafetensors(Path path) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    info.toMetadata().forEach((name, text) -> metadata.put(FileFacts.INLAY + name, text));
    SafetensorsWriter.write(path, metadata, tensors(), finite());
  }

  private TensorSource finite() {
    NonFinite numbers = new NonFinite();
    return numbers.watching(
        this::write,
        target -> source(target).name(),
        sources.size(),
        () ->
            numbers.require(
                model.path().toString(), "Export a model from before these numbers came up."));
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

  private void write(TensorInfo target, WritableByteChannel to) throws IOException {
    model.copy(source(target), to, piece);
  }

  /** The model's tensor that is exported as another one. */
  private TensorInfo source(TensorInfo target) {
    return Objects.requireNonNull(sources.get(target.name()));
  }
}
