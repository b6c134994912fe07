package dev.inlay.compile.torch;

import dev.inlay.Dim;
import java.util.List;

/** A size as a TorchScript expression over the symbols that the program binds. */
final class SizeText implements Dim.Terms<String> {

  private static final SizeText WRITER = new SizeText();

  private SizeText() {}

  static String of(Dim size) {
    return size.isConstant() ? Long.toString(size.value()) : size.fold(WRITER);
  }

  @Override
  public String symbol(String name) {
    return name;
  }

  @Override
  public String quotient(String of, long by) {
    return "((" + of + ") // " + by + ")";
  }

  @Override
  public String product(long factor, List<String> factors) {
    String product = String.join(" * ", factors);
    if (factors.isEmpty()) {
      return Long.toString(factor);
    }
    return factor == 1 ? product : factor == -1 ? "-" + product : factor + " * " + product;
  }

  @Override
  public String sum(List<String> terms) {
    StringBuilder sum = new StringBuilder();
    for (String term : terms) {
      if (sum.isEmpty()) {
        sum.append(term);
      } else if (term.startsWith("-")) {
        sum.append(" - ").append(term, 1, term.length());
      } else {
        sum.append(" + ").append(term);
      }
    }
    return sum.isEmpty() ? "0" : sum.toString();
  }
}
