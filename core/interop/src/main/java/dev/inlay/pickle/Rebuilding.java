package dev.inlay.pickle;

import dev.inlay.weights.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Interprets the calls of a pickle: a few known callables give tensors, storages and containers,
 * all others give opaque values.
 */
final class Rebuilding {
  private static final int MOST_DIMENSIONS = 64;

  /**
   * The items that one tensor or storage counts for. Calls may share their arguments, so a small
   * pickle could otherwise fill the memory.
   */
  private static final int ITEMS_OF_A_TENSOR = 8;

  private static final int MOST_ITEMS = 2_000_000;

  private final FileErrors errors;
  private int spent;

  Rebuilding(FileErrors errors) {
    this.errors = errors;
  }

  /** The result of a call with a tuple of arguments. */
  Value call(Value callable, Value arguments) {
    if (callable instanceof Opaque opaque) {
      return opaque;
    }
    if (!(callable instanceof Global global)) {
      throw errors.damaged("its pickle calls %s.".formatted(callable.kind()));
    }
    if (!(arguments instanceof Sequence sequence)) {
      return new Opaque(global.name());
    }
    List<Value> items = sequence.items();
    return switch (global.name()) {
      case "collections.OrderedDict" -> dict(items);
      case "torch.Size" -> sequence(Sequence.Form.TUPLE, global, items);
      case "builtins.set", "__builtin__.set", "builtins.frozenset", "__builtin__.frozenset" ->
          sequence(Sequence.Form.SET, global, items);
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
          items.isEmpty() ? new Opaque(global.name()) : items.get(0);
      case "torch._tensor._rebuild_from_type_v2",
          "torch._tensor._rebuild_from_type",
          "torch.tensor._rebuild_from_type" ->
          fromType(global, items);
      default -> tensorOrOpaque(global, items);
    };
  }

  /** The result of creating an object of a class. */
  Value make(Value type, Value arguments) {
    boolean dict = type instanceof Global global && global.name().equals("collections.OrderedDict");
    if (dict) {
      return call(type, arguments);
    }
    if (type instanceof Global || type instanceof Opaque) {
      return new Opaque(type instanceof Global global ? global.name() : type.kind());
    }
    throw errors.damaged("its pickle makes an object of %s.".formatted(type.kind()));
  }

  /**
   * The storage that a persistent id identifies. The id is a tuple of the word {@code storage}, the
   * storage's class, key, device and count and, in older files, a view of the storage. Null if the
   * id has another form.
   */
  @Nullable Storage storage(Value id) {
    if (!(id instanceof Sequence tuple) || tuple.items().size() < 5 || tuple.items().size() > 6) {
      return null;
    }
    spend(ITEMS_OF_A_TENSOR);
    List<Value> items = tuple.items();
    String key = text(items.get(2));
    long count = number(items.get(4));
    if (!"storage".equals(text(items.get(0))) || key == null || count < 0) {
      return null;
    }
    StorageType type =
        items.get(1) instanceof Global global ? StorageType.ofClass(global.name()) : null;
    if (type == null) {
      throw errors.of(
          "it has a storage of %s, a kind that Inlay does not know. Save it with another dtype."
              .formatted(items.get(1).kind()));
    }
    if (items.size() == 5 || isNone(items.get(5))) {
      return new Storage(key, type, count, 0, count);
    }
    if (items.get(5) instanceof Sequence view && view.items().size() == 3) {
      long offset = number(view.items().get(1));
      long viewCount = number(view.items().get(2));
      if (offset >= 0 && viewCount >= 0 && offset <= count - viewCount) {
        return new Storage(key, type, count, offset, viewCount);
      }
    }
    throw errors.damaged(
        "it has a view of the storage %s that exceeds the storage.".formatted(Text.quoted(key)));
  }

  private Value dict(List<Value> arguments) {
    Dict dict = new Dict();
    if (arguments.isEmpty()) {
      return dict;
    }
    // Python 2 passed all items as one list of pairs.
    if (arguments.get(0) instanceof Sequence pairs) {
      spend(ITEMS_OF_A_TENSOR * (long) pairs.items().size());
      for (Value item : pairs.items()) {
        if (!(item instanceof Sequence pair) || pair.items().size() != 2) {
          return new Opaque("collections.OrderedDict");
        }
        dict.put(pair.items().get(0), pair.items().get(1));
      }
      return dict;
    }
    return arguments.get(0) instanceof Dict given ? given : new Opaque("collections.OrderedDict");
  }

  private Value sequence(Sequence.Form form, Global callable, List<Value> arguments) {
    if (arguments.isEmpty()) {
      return new Sequence(form, List.of());
    }
    if (arguments.get(0) instanceof Sequence given) {
      spend(given.items().size());
      return new Sequence(form, given.items());
    }
    return new Opaque(callable.name());
  }

  /**
   * A tensor of a subclass. PyTorch's own classes are read without their attributes, others are
   * opaque.
   */
  private Value fromType(Global callable, List<Value> arguments) {
    if (arguments.size() < 3
        || !(arguments.get(0) instanceof Global rebuild)
        || !(arguments.get(1) instanceof Global type)
        || !(arguments.get(2) instanceof Sequence inner)) {
      return new Opaque(callable.name());
    }
    boolean plain =
        type.name().equals("torch.Tensor")
            || type.name().equals("torch._tensor.Tensor")
            || type.name().equals("torch.nn.parameter.Parameter")
            || type.name().equals("torch.nn.parameter.Buffer");
    return plain ? tensorOrOpaque(rebuild, inner.items()) : new Opaque(type.name());
  }

  private Value tensorOrOpaque(Global callable, List<Value> items) {
    return switch (callable.name()) {
      case "torch._utils._rebuild_tensor" -> tensor(callable, items, 4, null);
      case "torch._utils._rebuild_tensor_v2" ->
          items.size() > 6 && hasContent(items.get(6))
              ? new Opaque("a tensor with metadata, such as a negation")
              : tensor(callable, items, 4, null);
      case "torch._utils._rebuild_tensor_v3" ->
          items.size() > 7 && hasContent(items.get(7))
              ? new Opaque("a tensor with metadata, such as a negation")
              : tensor(callable, items, 7, items.size() > 6 ? items.get(6) : null);
      // These take the class as their first argument; its name says more than the callable's.
      case "copyreg._reconstructor",
          "copy_reg._reconstructor",
          "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray._reconstruct" ->
          new Opaque(
              !items.isEmpty() && items.get(0) instanceof Global type
                  ? type.name()
                  : callable.name());
      default -> new Opaque(callable.name());
    };
  }

  private Value tensor(Global callable, List<Value> items, int needed, @Nullable Value dtype) {
    if (items.size() < needed) {
      throw malformed(callable);
    }
    if (!(items.get(0) instanceof Storage storage)) {
      return new Opaque(callable.name());
    }
    StorageType type = storage.type();
    if (dtype != null) {
      type = dtype instanceof Global name ? StorageType.ofDtype(name.name()) : null;
      if (type == null) {
        return new Opaque("a tensor of " + dtype.kind());
      }
    }
    long offset = number(items.get(1));
    List<Long> shape = numbers(items.get(2));
    List<Long> strides = numbers(items.get(3));
    if (offset < 0 || shape == null || strides == null || shape.size() != strides.size()) {
      throw malformed(callable);
    }
    spend(ITEMS_OF_A_TENSOR + 2L * shape.size());
    return new StoredTensor(storage, type, offset, shape, strides);
  }

  private void spend(long count) {
    spent += (int) Math.min(count, MOST_ITEMS);
    if (spent > MOST_ITEMS) {
      throw errors.damaged(
          "its pickle makes more tensors and containers than any checkpoint needs.");
    }
  }

  private RuntimeException malformed(Global callable) {
    return errors.damaged(
        "it has a tensor whose offset, shape or strides are wrong (%s)."
            .formatted(callable.kind()));
  }

  private static boolean hasContent(Value metadata) {
    return !(isNone(metadata) || (metadata instanceof Dict dict && dict.entries().isEmpty()));
  }

  private static boolean isNone(Value value) {
    return value == Scalar.NONE;
  }

  private static @Nullable String text(Value value) {
    return value instanceof Scalar scalar && scalar.content() instanceof String text ? text : null;
  }

  /** An integer, or -1 for anything else. */
  private static long number(Value value) {
    return value instanceof Scalar scalar && scalar.content() instanceof Long number ? number : -1;
  }

  /** Integers of either sign, or null for anything else. */
  private static @Nullable List<Long> numbers(Value value) {
    if (!(value instanceof Sequence sequence) || sequence.items().size() > MOST_DIMENSIONS) {
      return null;
    }
    List<Long> numbers = new ArrayList<>();
    for (Value item : sequence.items()) {
      if (!(item instanceof Scalar scalar && scalar.content() instanceof Long number)) {
        return null;
      }
      numbers.add(number);
    }
    return List.copyOf(numbers);
  }
}
