package dev.inlay.plugins.ocnet;

import java.util.List;

/** The forms of the object context module (figure 3). */
public enum Form {
  /** Attention on the whole map, on one scale or the sum over several. */
  BASE(List.of(1)),
  /** Attention inside the parts of the map, for several divisions of it. */
  PYRAMID(List.of(1, 2, 3, 6)),
  /** Attention on the halved map beside dilated convolutions. */
  ASP(List.of(2));

  private final List<Integer> sizes;

  Form(List<Integer> sizes) {
    this.sizes = sizes;
  }

  /** The authors' scales or divisions. */
  List<Integer> sizes() {
    return sizes;
  }
}
