package dev.inlay.data.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ADE20K of the scene parsing challenge of 2016: 150 classes from id 1 on; 0 is no class. */
record Ade20kLayout() implements Layout {
  private static final List<String> NAMES =
      YamlText.names(
          """
          wall, building, sky, floor, tree, ceiling, road, bed, windowpane, grass, cabinet, sidewalk,
          person, earth, door, table, mountain, plant, curtain, chair, car, water, painting, sofa,
          shelf, house, sea, mirror, rug, field, armchair, seat, fence, desk, rock, wardrobe, lamp,
          bathtub, railing, cushion, base, box, column, signboard, chest of drawers, counter, sand,
          sink, skyscraper, fireplace, refrigerator, grandstand, path, stairs, runway, case,
          pool table, pillow, screen door, stairway, river, bridge, bookcase, blind, coffee table,
          toilet, flower, book, hill, bench, countertop, stove, palm, kitchen island, computer,
          swivel chair, boat, bar, arcade machine, hovel, bus, towel, light, truck, tower,
          chandelier, awning, streetlight, booth, television receiver, airplane, dirt track, apparel,
          pole, land, bannister, escalator, ottoman, bottle, buffet, poster, stage, van, ship,
          fountain, conveyer belt, canopy, washer, plaything, swimming pool, stool, barrel, basket,
          waterfall, tent, bag, minibike, cradle, oven, ball, food, step, tank, trade name,
          microwave, pot, animal, bicycle, lake, dishwasher, screen, blanket, sculpture, hood,
          sconce, vase, traffic light, tray, ashcan, fan, pier, crt screen, plate, monitor,
          bulletin board, shower, radiator, glass, clock, flag
          """);

  @Override
  public String name() {
    return "ade20k";
  }

  @Override
  public String needs() {
    return "images/training and annotations/training";
  }

  @Override
  public Optional<String> yaml(Path folder) {
    YamlText yaml = new YamlText().line("name: ADE20K").line("classes:");
    List<String> map = new ArrayList<>(List.of("0: ignore"));
    for (int i = 0; i < NAMES.size(); i++) {
      yaml.labelClass(NAMES.get(i));
      map.add("%d: %d".formatted(i + 1, i));
    }
    yaml.line("labels:").map(map);
    Map<String, List<String>> splits = new LinkedHashMap<>();
    splits.put("train", List.of("images/training", "annotations/training"));
    splits.put("val", List.of("images/validation", "annotations/validation"));
    return YamlText.where(
        folder, List.of("images/training", "annotations/training"), yaml.splits(folder, splits));
  }
}
