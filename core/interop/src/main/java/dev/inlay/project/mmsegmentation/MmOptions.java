package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.Counterpart.OfProject;
import dev.inlay.Counterpart.Role;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.reference.ReferenceOptions;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The options that have the same meaning in all parts of mmsegmentation. */
final class MmOptions {

  /** Options that have no effect on the computation in any part. */
  private static final Set<String> NEUTRAL =
      Set.of(
          "in_channels",
          "in_index",
          "num_classes",
          "out_channels",
          "threshold",
          "dropout_ratio",
          "loss_decode",
          "norm_eval",
          "frozen_stages",
          "with_cp",
          "zero_init_residual",
          "init_cfg",
          "pretrained",
          "ignore_index",
          "sampler",
          "norm_cfg",
          "conv_cfg",
          "act_cfg");

  private static final Pattern DOTS = Pattern.compile("\\.");

  /** Layers that a part leaves out if their configuration is {@code None}. */
  private static final Set<String> LAYERS = Set.of("norm_cfg", "act_cfg");

  /** Roles without a norm by default; backbones and necks have BN by default. */
  private static final Set<Role> WITHOUT_PRESET_NORM = EnumSet.of(Role.HEAD, Role.AUXILIARY);

  private MmOptions() {}

  /**
   * The options of one part.
   *
   * @throws InlayException if the part has layers that techniques do not have
   */
  static ReferenceOptions of(JsonObject part) {
    JsonObject written = rewritten(part);
    written.remove("type");
    // mmsegmentation applies dropout only if the ratio is positive.
    if (written.has("dropout_ratio") && written.get("dropout_ratio").isJsonPrimitive()) {
      boolean none = written.get("dropout_ratio").getAsString().matches("-.*|0(\\.0*)?");
      if (none) {
        written.addProperty("dropout_ratio", 0);
      }
    }
    ReferenceOptions options = new ReferenceOptions(written, MmOptions::isNeutral);
    requireUsualLayers(options);
    return options;
  }

  /** Rewrites losses as their weights, and omitted layers as layers of the type None. */
  private static JsonObject rewritten(JsonObject part) {
    JsonObject written = new JsonObject();
    part.asMap()
        .forEach(
            (name, value) -> {
              if (name.startsWith("loss_") && MmLosses.are(value)) {
                MmLosses.weight(value)
                    .ifPresent(
                        weight -> {
                          JsonObject loss = new JsonObject();
                          loss.addProperty("loss_weight", weight);
                          written.add(name, loss);
                        });
              } else if (value.isJsonObject()) {
                written.add(name, rewritten(value.getAsJsonObject()));
              } else if (value.isJsonNull() && LAYERS.contains(name)) {
                JsonObject layer = new JsonObject();
                layer.addProperty("type", "None");
                written.add(name, layer);
              } else {
                written.add(name, value);
              }
            });
    return written;
  }

  private static boolean isNeutral(String name, String value) {
    return name.equals("input_transform") && value.equals("multiple_select")
        || DOTS.splitAsStream(name).anyMatch(NEUTRAL::contains);
  }

  /** Refuses layers other than plain convolutions, BN with the usual eps, and ReLU. */
  private static void requireUsualLayers(ReferenceOptions options) {
    options
        .all()
        .forEach(
            (name, value) -> {
              boolean unknown =
                  name.endsWith("norm_cfg.type") && !value.matches("(Sync|MMSync)?BN")
                      || name.endsWith("norm_cfg.eps") && Double.parseDouble(value) != 1e-5
                      || name.endsWith("conv_cfg.type") && !value.matches("Conv(2d)?")
                      || name.endsWith("act_cfg.type") && !value.equals("ReLU");
              if (unknown) {
                throw unlikeLayer(name, value);
              }
            });
  }

  /**
   * Refuses a head without a norm.
   *
   * @throws InlayException if the role has no norm by default and the options name none
   */
  static void requireNorm(Reference reference, ReferenceOptions options) {
    boolean without =
        reference.counterpart() instanceof OfProject part
            && WITHOUT_PRESET_NORM.contains(part.role());
    if (without && options.get("norm_cfg.type") == null) {
      throw unlikeLayer("norm_cfg", "None");
    }
  }

  private static InlayException unlikeLayer(String option, String value) {
    return new InlayException(
        "The reference has the option %s=%s, which Inlay does not support: its techniques use plain convolutions, BN with an eps of 1e-5, and ReLU."
            .formatted(option, value));
  }

  /** The type of a part of a configuration. */
  static String type(JsonObject part) {
    JsonElement type = part.get("type");
    if (type == null) {
      throw new InlayException("A part of the model lacks the key 'type': %s.".formatted(part));
    }
    return type.getAsString();
  }
}
