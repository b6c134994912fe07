package dev.inlay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What travels from stage to stage: maps (B,C,H,W), finest first, each with its stride, and outputs
 * beside the path that only training supervises.
 *
 * @param image the image (B,3,H,W), normalised
 * @param classes how many classes the network tells apart
 * @param maps the feature maps, finest first
 * @param strides how many pixels of the image one pixel of each map stands for
 * @param sides outputs that only training needs, by name
 */
public record Features(
    Tensor image, int classes, List<Tensor> maps, List<Integer> strides, Map<String, Side> sides) {

  /** The objective of side outputs that are logits, unless a technique names another. */
  private static final String CROSS_ENTROPY = "cross-entropy";

  /**
   * An output beside the path, with the objective that supervises it.
   *
   * @param output what the objective takes; logits (B,K,h,w) for cross-entropy
   * @param objective an objective's name, with options if need be, or a weighted sum of such, as in
   *     {@code "0.5*dice(smooth=1) + cross-entropy"}; refused when the network is assembled if
   *     there is no such objective
   * @param weight the factor of its loss in training's sum
   * @param counted whether its parameters are counted among inference's, although that leaves them
   *     out: where published counts have them
   */
  public record Side(Tensor output, String objective, double weight, boolean counted) {

    /** An output whose parameters only training counts. */
    public Side(Tensor output, String objective, double weight) {
      this(output, objective, weight, false);
    }
  }

  public Features {
    Check.that(maps.size() == strides.size(), "every map needs its stride");
    maps = List.copyOf(maps);
    strides = List.copyOf(strides);
    sides = Collections.unmodifiableMap(new LinkedHashMap<>(sides));
  }

  /** What the first stage gets: an image and nothing else. */
  public static Features of(Tensor image, int classes) {
    return new Features(image, classes, List.of(), List.of(), Map.of());
  }

  /** The map at a place; negative places count from the last. */
  public Tensor map(int place) {
    return maps.get(index(place));
  }

  /** The stride of the map at a place; negative places count from the last. */
  public int stride(int place) {
    return strides.get(index(place));
  }

  /** The coarsest map: the one that most modules work on. */
  public Tensor last() {
    return map(-1);
  }

  /** All maps at the size of the first, joined along their channels. */
  public Tensor joined(boolean alignCorners) {
    return Tensor.concat(maps.stream().map(each -> each.resizeTo(map(0), alignCorners)).toList());
  }

  /** The same features with another last map. */
  public Features withLast(Tensor map) {
    List<Tensor> changed = new ArrayList<>(maps);
    changed.set(index(-1), map);
    return withMaps(changed, strides);
  }

  /** The same image and side outputs with other maps. */
  public Features withMaps(List<Tensor> newMaps, List<Integer> newStrides) {
    return new Features(image, classes, newMaps, newStrides, sides);
  }

  /** Adds logits that cross-entropy supervises while training, with a weight. */
  public Features withSide(String name, Tensor logits, double weight) {
    return withSide(name, new Side(logits, CROSS_ENTROPY, weight));
  }

  /** Adds an output that an objective of its own supervises while training. */
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
