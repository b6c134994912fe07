package dev.inlay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A size that may depend on the image: a sum of products of symbols (B, H, W) and floored
 * quotients, with whole factors. Two sizes are equal when their sums are equal; {@code (H+1)//2*2}
 * is not {@code H}.
 */
public final class Dim {

  private sealed interface Atom permits Symbol, Quotient {}

  private record Symbol(String name) implements Atom {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Quotient(Dim of, long by) implements Atom {
    @Override
    public String toString() {
      return "((" + of + ") // " + by + ")";
    }
  }

  private record Term(long factor, List<Atom> atoms) {}

  /**
   * The terms of a size in the form of a backend: symbols, floored quotients, products with a whole
   * factor, and sums.
   *
   * @param <T> a number in the backend's form, such as text
   */
  @Provided
  public interface Terms<T> {

    T symbol(String name);

    /** A size divided by a number, rounded down. */
    T quotient(T of, long by);

    /** A whole number, not 0, times symbols and quotients, or alone. */
    T product(long factor, List<T> factors);

    /** A sum of products; 0 if there are none. */
    T sum(List<T> products);
  }

  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder());

  private final SortedMap<String, Term> terms = new TreeMap<>(LONGEST_FIRST);

  /** The text is kept because sizes are often compared, by their text. */
  private @Nullable String text;

  private Dim() {}

  /** A fixed size. */
  public static Dim of(long size) {
    return new Dim().add(size, List.of());
  }

  /** A size that depends on the image, by its symbol's name. */
  public static Dim symbol(String name) {
    return new Dim().add(1, List.of(new Symbol(name)));
  }

  private Dim add(long factor, List<Atom> atoms) {
    text = null;
    String key = atoms.stream().map(Atom::toString).collect(Collectors.joining(" * "));
    Term old = terms.get(key);
    long sum = factor + (old == null ? 0 : old.factor);
    if (sum == 0) {
      terms.remove(key);
    } else {
      terms.put(key, new Term(sum, atoms));
    }
    return this;
  }

  private Dim add(Dim other, long times) {
    other.terms.values().forEach(term -> add(times * term.factor, term.atoms));
    return this;
  }

  public Dim plus(Dim other) {
    return new Dim().add(this, 1).add(other, 1);
  }

  public Dim plus(long other) {
    return plus(of(other));
  }

  public Dim minus(Dim other) {
    return new Dim().add(this, 1).add(other, -1);
  }

  public Dim times(Dim other) {
    Dim product = new Dim();
    for (Term a : terms.values()) {
      for (Term b : other.terms.values()) {
        List<Atom> atoms = new ArrayList<>(a.atoms);
        atoms.addAll(b.atoms);
        atoms.sort(Comparator.comparing(Atom::toString));
        product.add(a.factor * b.factor, atoms);
      }
    }
    return product;
  }

  public Dim times(long other) {
    return times(of(other));
  }

  /**
   * The quotient rounded down.
   *
   * @throws InlayException if the divisor is less than 1
   */
  public Dim floorDiv(long by) {
    Check.that(by >= 1, "the divisor of the size %s is %d; it must be 1 or more.", this, by);
    Dim whole = new Dim();
    Dim rest = new Dim();
    long common = by;
    for (Term term : terms.values()) {
      long left = Math.floorMod(term.factor, by);
      whole.add((term.factor - left) / by, term.atoms);
      rest.add(left, term.atoms);
      common = term.atoms.isEmpty() ? common : greatestCommonDivisor(common, left);
    }
    return rest.isConstant() ? whole : whole.plus(quotient(rest.reduced(common), by / common));
  }

  /** The sum a + floor(r / c), because floor((a c + r) / (n c)) = floor((a + floor(r / c)) / n). */
  private Dim reduced(long common) {
    Dim reduced = new Dim();
    terms.values().forEach(t -> reduced.add(Math.floorDiv(t.factor, common), t.atoms));
    return reduced;
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /**
   * The quotient rounded up.
   *
   * @throws InlayException if the divisor is less than 1
   */
  public Dim ceilDiv(long by) {
    return plus(by - 1).floorDiv(by);
  }

  /** Uses floor((floor(a/m) + c) / n) = floor((a + c m) / (m n)): equal sizes get equal terms. */
  private static Dim quotient(Dim rest, long by) {
    List<Term> dependent = rest.terms.values().stream().filter(t -> !t.atoms.isEmpty()).toList();
    Term only = dependent.get(0);
    if (dependent.size() == 1
        && only.factor == 1
        && only.atoms.size() == 1
        && only.atoms.get(0) instanceof Quotient inner) {
      long constant = rest.minus(new Dim().add(1, only.atoms)).value();
      return inner.of.plus(inner.by * constant).floorDiv(inner.by * by);
    }
    return new Dim().add(1, List.of(new Quotient(rest, by)));
  }

  /** The names of the symbols that the size depends on. */
  public Set<String> symbols() {
    Set<String> names = new TreeSet<>();
    for (Term term : terms.values()) {
      for (Atom atom : term.atoms) {
        if (atom instanceof Quotient quotient) {
          names.addAll(quotient.of.symbols());
        } else {
          names.add(((Symbol) atom).name);
        }
      }
    }
    return names;
  }

  /** Whether the size is the same for every image. */
  public boolean isConstant() {
    return terms.isEmpty() || (terms.size() == 1 && terms.containsKey(""));
  }

  /** Whether the size is {@code size} for every image. */
  public boolean isExactly(long size) {
    return isConstant() && value() == size;
  }

  /**
   * The fixed size.
   *
   * @throws InlayException if the size depends on the image
   */
  public long value() {
    if (!isConstant()) {
      throw new InlayException("the size " + this + " depends on the image; a fixed one is needed");
    }
    return value(Map.of());
  }

  /** The size for these values of the symbols. */
  public long value(Map<String, Long> symbols) {
    long sum = 0;
    for (Term term : terms.values()) {
      long product = term.factor;
      for (Atom atom : term.atoms) {
        product *=
            atom instanceof Symbol symbol
                ? symbols.get(symbol.name)
                : Math.floorDiv(((Quotient) atom).of.value(symbols), ((Quotient) atom).by);
      }
      sum += product;
    }
    return sum;
  }

  /** The size in a backend's form, built from its symbols up. */
  public <T> T fold(Terms<T> made) {
    List<T> products = new ArrayList<>();
    for (Term term : terms.values()) {
      List<T> factors = new ArrayList<>();
      for (Atom atom : term.atoms) {
        factors.add(
            atom instanceof Quotient quotient
                ? made.quotient(quotient.of.fold(made), quotient.by)
                : made.symbol(((Symbol) atom).name));
      }
      products.add(made.product(term.factor, factors));
    }
    return made.sum(products);
  }

  /** The size in the usual notation, as in {@code (H + 1) // 2}. */
  @Override
  public String toString() {
    String known = text;
    if (known == null) {
      known = written();
      text = known;
    }
    return known;
  }

  private String written() {
    StringBuilder text = new StringBuilder();
    terms.forEach(
        (key, term) -> {
          long size = Math.abs(term.factor);
          text.append(
              text.isEmpty() ? (term.factor < 0 ? "-" : "") : term.factor < 0 ? " - " : " + ");
          text.append(key.isEmpty() ? size + "" : size == 1 ? key : size + " * " + key);
        });
    return text.isEmpty() ? "0" : text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dim dim && dim.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
