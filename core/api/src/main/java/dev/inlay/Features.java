package dev.inlay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that one stage hands to the next: maps (B,C,h,w), finest first, each with its stride,
 * and side outputs that are supervised in training only.
 *
 * @param image the image (B,3,H,W), normalised
 * @param classes the number of classes of the network
 * @param maps the feature maps, finest first
 * @param strides the stride of each map, in pixels of the image
 * @param sides the side outputs for training, by name
 */
public record Features(
    Tensor image, int classes, List<Tensor> maps, List<Integer> strides, Map<String, Side> sides) {

  /** The default objective of side outputs that are logits. */
  private static final String CROSS_ENTROPY = "cross-entropy";

  /**
   * A side output with the objective that supervises it.
   *
   * @param output the objective's input; logits (B,K,h,w) for cross-entropy
   * @param objective an objective with its options, or a weighted sum of objectives, as in {@code
   *     "0.5*dice(smooth=1) + cross-entropy"}; an unknown objective is refused when the network is
   *     assembled
   * @param weight the factor of its loss in the training loss
   * @param counted whether the counts for inference include its parameters, and the multiply-adds
   *     of a map, as some published counts do although inference does not need them
   */
  public record Side(Tensor output, String objective, double weight, boolean counted) {

    /** A side output whose parameters are not counted for inference. */
    public Side(Tensor output, String objective, double weight) {
      this(output, objective, weight, false);
    }
  }

  public Features {
    Check.that(
        maps.size() == strides.size(),
        "the features have %d maps, but %d strides; every map needs a stride",
        maps.size(),
        strides.size());
    maps = List.copyOf(maps);
    strides = List.copyOf(strides);
    sides = Collections.unmodifiableMap(new LinkedHashMap<>(sides));
  }

  /** The features for the first stage: an image (B,3,H,W) without maps. */
  public static Features of(Tensor image, int classes) {
    return new Features(image, classes, List.of(), List.of(), Map.of());
  }

  /**
   * The map at a position; negative positions count from the last.
   *
   * @throws InlayException if there is no such map
   */
  public Tensor map(int place) {
    return maps.get(index(place));
  }

  /**
   * The stride of the map at a position, in pixels; negative positions count from the last.
   *
   * @throws InlayException if there is no such map
   */
  public int stride(int place) {
    return strides.get(index(place));
  }

  /** The last and coarsest map, the input of most modules. */
  public Tensor last() {
    return map(-1);
  }

  /** All maps, resized to the first and concatenated along the channels. */
  public Tensor joined(boolean alignCorners) {
    return Tensor.concat(maps.stream().map(each -> each.resizeTo(map(0), alignCorners)).toList());
  }

  /** The same features with another last map. */
  public Features withLast(Tensor map) {
    List<Tensor> changed = new ArrayList<>(maps);
    changed.set(index(-1), map);
    return withMaps(changed, strides);
  }

  /** The same image and side outputs with other maps (B,C,h,w) and their strides. */
  public Features withMaps(List<Tensor> newMaps, List<Integer> newStrides) {
    return new Features(image, classes, newMaps, newStrides, sides);
  }

  /** Adds logits (B,K,h,w) that cross-entropy supervises in training, with a weight. */
  public Features withSide(String name, Tensor logits, double weight) {
    return withSide(name, new Side(logits, CROSS_ENTROPY, weight));
  }

  /** Adds a side output with its own objective. */
  public Features withSide(String name, Side side) {
    Map<String, Side> more = new LinkedHashMap<>(sides);
    String free = name;
    for (int i = 2; more.containsKey(free); i++) {
      free = name + "-" + i;
    }
    more.put(free, side);
    return new Features(image, classes, maps, strides, more);
  }

  private int index(int place) {
    int index = place < 0 ? maps.size() + place : place;
    Check.that(
        index >= 0 && index < maps.size(),
        "there is no map %d; the stages before made %d maps",
        place,
        maps.size());
    return index;
  }
}
