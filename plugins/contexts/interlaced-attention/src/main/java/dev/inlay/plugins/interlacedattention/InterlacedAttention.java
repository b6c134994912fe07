package dev.inlay.plugins.interlacedattention;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ISANet's interlaced sparse self-attention: the map is divided into blocks, pixels at the same
 * place of all blocks attend to each other, and then the pixels of each block. Two sparse matrices
 * of scores stand for the dense one: every pixel receives context from every other (section 3,
 * figure 2).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). Zeros fill sides that are no multiple of the
 * block's, half of them before the map, and take part in the attention, as in both published codes.
 * Mmsegmentation's layers are the default; {@code valueBias=false} and {@code contextFirst=false}
 * give those of the authors.
 */
@Named(
    value = "interlaced-attention",
    says = "Interlaced attention: each pixel attends to distant pixels, then to its neighbours.")
@Cites(
    arxiv = "1907.12273",
    title = "Interlaced Sparse Self-Attention for Semantic Segmentation",
    authors = "Huang et al.",
    venue = "2019")
public final class InterlacedAttention implements ContextModule<InterlacedAttention.Options> {

  public record Options(
      @Option(
              value = "channels inside and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "channels in which pixels are compared; 0 is half of channels",
              is = "0",
              least = 0)
          int keyChannels,
      @Option(
              value = "channels that the attention gathers; 0 is as many as channels",
              is = "0",
              least = 0)
          int valueChannels,
      @Option(
              value =
                  "rows and columns of a block; each further pair adds a pair of attentions on"
                      + " other blocks",
              is = "[8, 8]",
              least = 1)
          List<Integer> blocks,
      @Option(value = "whether the values' projection has a bias", is = "true") boolean valueBias,
      @Option(
              value =
                  "whether the result's convolution reads the context before the map, or after it",
              is = "true")
          boolean contextFirst) {

    public Options {
      blocks = List.copyOf(blocks);
      Check.that(
          blocks.size() % 2 == 0,
          "blocks is %s; it must be pairs of rows and columns, as in [8, 8] or [8, 8, 4, 4].",
          blocks);
    }

    /** The number of channels compared, for a result of so many channels. */
    private int keys(int channels) {
      return keyChannels == 0 ? Math.max(1, channels / 2) : keyChannels;
    }

    private int values(int channels) {
      return valueChannels == 0 ? channels : valueChannels;
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of("block", InterlacedParts::block, "module", InterlacedParts.MODULE);
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    Tensor map = input.last();
    int channels = options.channels == 0 ? Math.max(1, map.channels() / 4) : options.channels;
    Tensor x = scope.convNormRelu("in_conv", map, channels, 3);
    return input.withLast(context(options, options.blocks, x, channels, scope));
  }

  /** The map (B,C,H,W) joined with its context on blocks of each size: (B,channels,H,W). */
  static Tensor context(
      Options options, List<Integer> blocks, Tensor x, int channels, Scope scope) {
    List<Tensor> contexts = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i += 2) {
      Scope s = i == 0 ? scope : scope.at("scales", i / 2);
      contexts.add(interlaced(options, blocks.get(i), blocks.get(i + 1), x, channels, s));
    }
    Tensor context = Tensor.concat(contexts);
    Tensor map = contexts.size() == 1 ? x : scope.convNormRelu("up_conv", x, context.channels(), 1);
    Tensor both = options.contextFirst ? Tensor.concat(context, map) : Tensor.concat(map, context);
    return scope.convNormRelu("out_conv", both, channels, 1);
  }

  /** Both attentions on blocks of one size: (B,C,H,W) to (B,channels,H,W). */
  static Tensor interlaced(
      Options options, int blockRows, int blockColumns, Tensor x, int channels, Scope scope) {
    Dim batch = x.batch();
    Dim rows = x.height().ceilDiv(blockRows);
    Dim columns = x.width().ceilDiv(blockColumns);
    Dim height = rows.times(blockRows);
    Dim width = columns.times(blockColumns);
    Dim belowAndAbove = height.minus(x.height());
    Dim leftAndRight = width.minus(x.width());
    Dim top = belowAndAbove.floorDiv(2);
    Dim left = leftAndRight.floorDiv(2);
    Tensor all = x.pad(left, leftAndRight.minus(left), top, belowAndAbove.minus(top));

    // Long range: one map of rows x columns pixels for each place inside a block.
    Tensor places =
        all.reshape(batch, x.dim(1), rows, blockRows, columns, blockColumns)
            .permute(0, 3, 5, 1, 2, 4)
            .reshape(batch.times((long) blockRows * blockColumns), x.dim(1), rows, columns);
    places = attention(options, places, channels, scope.at("global_relation"));

    // Short range: one map for each block.
    Tensor blocks =
        places
            .reshape(batch, blockRows, blockColumns, channels, rows, columns)
            .permute(0, 4, 5, 3, 1, 2)
            .reshape(batch.times(rows).times(columns), channels, blockRows, blockColumns);
    blocks = attention(options, blocks, channels, scope.at("local_relation"));

    return blocks
        .reshape(batch, rows, columns, channels, blockRows, blockColumns)
        .permute(0, 3, 1, 4, 2, 5)
        .reshape(batch, channels, height, width)
        .slice(2, top, top.plus(x.height()))
        .slice(3, left, left.plus(x.width()));
  }

  /** Scaled dot-product attention of the pixels of each map: (N,C,h,w) to (N,channels,h,w). */
  private static Tensor attention(Options options, Tensor x, int channels, Scope s) {
    int keys = options.keys(channels);
    int values = options.values(channels);
    Tensor query = twice("query_project", x, keys, s).flat().permute(0, 2, 1);
    Tensor key = twice("key_project", x, keys, s).flat();
    Window one = Window.of(1);
    Tensor value =
        options.valueBias
            ? s.convBias("value_project", x, values, one)
            : s.conv("value_project", x, values, one);
    Tensor weights = query.matmul(key).times(Math.pow(keys, -0.5)).softmax(2);
    Tensor gathered = weights.matmul(value.flat().permute(0, 2, 1)).permute(0, 2, 1);
    gathered = gathered.reshape(x.batch(), values, x.height(), x.width());
    return s.convNormRelu("output_project", gathered, channels, 1);
  }

  private static Tensor twice(String name, Tensor x, int channels, Scope scope) {
    x = scope.convNormRelu(name + ".0", x, channels, 1);
    return scope.convNormRelu(name + ".1", x, channels, 1);
  }
}
