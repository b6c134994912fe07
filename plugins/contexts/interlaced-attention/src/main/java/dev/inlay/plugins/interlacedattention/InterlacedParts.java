package dev.inlay.plugins.interlacedattention;

import dev.inlay.Features;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Modules of {@link InterlacedAttention} with the boundaries of the authors' code. */
final class InterlacedParts {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /**
   * The authors' module. Its blocks are a list of pairs, {@code [[8, 8], [4, 4]]}, which here is
   * one list.
   */
  static final Part<InterlacedAttention.Options> MODULE =
      new Part<>() {
        @Override
        public List<Tensor> build(InterlacedAttention.Options options, Features input, Scope s) {
          return module(options, options.blocks(), input, s);
        }

        @Override
        public List<Tensor> build(
            InterlacedAttention.Options options,
            Map<String, String> theirs,
            Features input,
            Scope s) {
          String pairs = theirs.getOrDefault("down_factors", "[[8, 8]]");
          List<Integer> blocks =
              NUMBER.matcher(pairs).results().map(each -> Integer.valueOf(each.group())).toList();
          return module(options, blocks, input, s);
        }
      };

  private InterlacedParts() {}

  private static List<Tensor> module(
      InterlacedAttention.Options options, List<Integer> blocks, Features input, Scope scope) {
    return List.of(
        InterlacedAttention.context(options, blocks, input.last(), options.channels(), scope));
  }

  /** The authors' pair of attentions on blocks of one size. */
  static List<Tensor> block(InterlacedAttention.Options options, Features input, Scope scope) {
    int rows = options.blocks().get(0);
    int columns = options.blocks().get(1);
    return List.of(
        InterlacedAttention.interlaced(
            options, rows, columns, input.last(), options.channels(), scope));
  }
}
