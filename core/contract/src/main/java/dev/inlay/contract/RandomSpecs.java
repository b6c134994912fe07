package dev.inlay.contract;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Technique;
import dev.inlay.spec.Techniques;
import dev.inlay.standard.GivenClassifier;
import dev.inlay.standard.GivenMaps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random networks that have a technique at its place, the same for the same seed. */
final class RandomSpecs {

  private static final List<String> STRIDES =
      List.of("[4, 8, 16, 32]", "[4, 8, 8, 8]", "[4, 8, 16, 16]", "[2, 4, 8, 16]");

  private final Subject subject;
  private final Map<Class<?>, String> small = new HashMap<>();

  RandomSpecs(Subject subject) {
    this.subject = subject;
  }

  String of(long seed) {
    Random random = new Random(seed);
    String own = subject.stage(one(subject.samples(), random));
    List<String> stages = new ArrayList<>();
    boolean atFront = subject.technique() instanceof Backbone;
    stages.add(atFront ? own : backbone(random));
    if (!atFront && random.nextBoolean()) {
      stages.addAll(other(ContextModule.class, random));
    }
    if (subject.technique() instanceof ContextModule) {
      stages.add(own);
    }
    if (!subject.isDecoder() && random.nextBoolean()) {
      stages.addAll(other(ContextModule.class, random));
    }
    stages.add(subject.isDecoder() ? own : decoder(random));
    return String.join(" | ", stages);
  }

  /** Mostly maps of random channels and strides, which are quick; else another backbone. */
  private String backbone(Random random) {
    List<String> others = random.nextInt(3) == 0 ? other(Backbone.class, random) : List.of();
    if (!others.isEmpty()) {
      return others.get(0);
    }
    List<Integer> channels = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      channels.add(4 * (1 + random.nextInt(8)));
    }
    return "given(channels=%s, strides=%s)".formatted(channels, one(STRIDES, random));
  }

  private String decoder(Random random) {
    List<String> others = random.nextBoolean() ? other(Decoder.class, random) : List.of();
    return others.isEmpty() ? "given-classifier" : others.get(0);
  }

  /** A random other technique of a kind, with small options; empty if there is none. */
  private List<String> other(Class<?> kind, Random random) {
    List<Technique<?>> others =
        subject.techniques().all().stream()
            .filter(
                each -> kind.isInstance(each) && each.getClass() != subject.technique().getClass())
            .filter(each -> !(each instanceof GivenMaps || each instanceof GivenClassifier))
            .toList();
    if (others.isEmpty()) {
      return List.of();
    }
    Technique<?> other = others.get(random.nextInt(others.size()));
    String options = small.computeIfAbsent(other.getClass(), type -> small(other));
    return List.of(other.name() + (options.isEmpty() ? "" : "(" + options + ")"));
  }

  private String small(Technique<?> other) {
    return Samples.small(
        new Subject(
            other,
            subject.techniques(),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            subject.runsOnLists(),
            true));
  }

  private static String one(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  /** Whether a message blames the technique and not one beside it. */
  boolean blames(String message) {
    Techniques all = subject.techniques();
    String own = subject.technique().name();
    return message.contains("'" + own + "'")
        || message.contains(" " + own + " ")
        || all.names().stream()
            .noneMatch(
                name -> message.contains("'" + name + "'") || message.contains(" " + name + " "));
  }
}
