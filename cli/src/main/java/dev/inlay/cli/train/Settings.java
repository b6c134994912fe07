package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.spec.Suggestions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a training: each option of {@code inlay train} that says how a training computes,
 * with its key in configuration files. A new option gets its key here, by one line.
 */
final class Settings {

  /** The options that say where and when a training runs, or what files it takes. */
  private static final Set<String> NOT_SETTINGS =
      Set.of(
          "--out",
          "--resume",
          "--overwrite",
          "--config",
          "--recipe",
          "--set",
          "--weights",
          "--backbone-only",
          "--reset",
          "--map",
          "--prepare",
          "--help",
          "--version",
          "--plugins",
          "--locked",
          "--device",
          "--threads",
          "--debug");

  private static final Map<String, String> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("--network", "network");
    KEYS.put("--loss", "loss");
    KEYS.put("--init", "init");
    KEYS.put("--data", "data.folder");
    KEYS.put("--split", "data.split");
    KEYS.put("--val-split", "data.val-split");
    KEYS.put("--batch", "data.batch");
    KEYS.put("--crop", "data.crop");
    KEYS.put("--scale", "data.scale");
    KEYS.put("--no-flip", "data.no-flip");
    KEYS.put("--largest-share", "data.largest-share");
    KEYS.put("--augment", "data.augment");
    KEYS.put("--workers", "data.workers");
    KEYS.put("--accept-data", "data.accept");
    KEYS.put("--optimizer", "optimizer.spec");
    KEYS.put("--rate", "optimizer.rate");
    KEYS.put("--momentum", "optimizer.momentum");
    KEYS.put("--weight-decay", "optimizer.weight-decay");
    KEYS.put("--head-rate", "optimizer.head-rate");
    KEYS.put("--no-decay", "optimizer.no-decay");
    KEYS.put("--group", "optimizer.group");
    KEYS.put("--clip-norm", "optimizer.clip-norm");
    KEYS.put("--accumulate", "optimizer.accumulate");
    KEYS.put("--ema", "optimizer.ema");
    KEYS.put("--freeze", "optimizer.freeze");
    KEYS.put("--freeze-norm", "optimizer.freeze-norm");
    KEYS.put("--schedule", "schedule.spec");
    KEYS.put("--power", "schedule.power");
    KEYS.put("--warmup", "schedule.warmup");
    KEYS.put("--warmup-from", "schedule.warmup-from");
    KEYS.put("--iterations", "train.iterations");
    KEYS.put("--evaluate-every", "train.evaluate-every");
    KEYS.put("--save-every", "train.save-every");
    KEYS.put("--patience", "train.patience");
    KEYS.put("--seed", "train.seed");
    KEYS.put("--precision", "engine.precision");
    KEYS.put("--layout", "engine.layout");
  }

  private Settings() {}

  /** Each setting's option, in the order of configuration files, with its key. */
  static Map<String, String> keys() {
    return KEYS;
  }

  /** Whether an option is known to be no setting. */
  static boolean isNone(String option) {
    return NOT_SETTINGS.contains(option);
  }

  /** The key of an option; empty if it is no setting. */
  static Optional<String> key(String option) {
    return Optional.ofNullable(KEYS.get(option));
  }

  /**
   * The option of a key.
   *
   * @param origin where the key stands
   * @throws InlayException if there is no such key
   */
  static String option(String key, String origin) {
    for (Map.Entry<String, String> each : KEYS.entrySet()) {
      if (each.getValue().equals(key)) {
        return each.getKey();
      }
    }
    throw new InlayException(
        "%s has the setting '%s', which does not exist.%s 'inlay config show' prints all settings."
            .formatted(origin, key, suggestion(key)));
  }

  /** The key that is meant, by its name or, without its section, by the name of its option. */
  private static String suggestion(String key) {
    String name = key.substring(key.lastIndexOf('.') + 1);
    for (Map.Entry<String, String> each : KEYS.entrySet()) {
      if (each.getKey().equals("--" + name) || each.getValue().endsWith("." + name)) {
        return " Did you mean '%s'?".formatted(each.getValue());
      }
    }
    return Suggestions.didYouMean(key, KEYS.values());
  }
}
