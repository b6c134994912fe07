package dev.inlay.pickle;

import dev.inlay.weights.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pickle without executing it: it builds plain values, containers and descriptions of
 * tensors, and keeps only the name of everything else. No class is resolved and nothing is called.
 *
 * <p>Pickle libraries for Java are not safe for untrusted files. The best maintained,
 * net.razorvine:pickle, keeps its constructors in one table for the whole process, calls methods
 * that the pickle names by reflection, allocates arrays of the lengths that the pickle declares,
 * hashes containers, and turns unknown classes into dictionaries; its extension points allow no
 * bound on memory or depth.
 */
public final class Unpickler {
  private static final int MOST_OPERATIONS = 5_000_000;
  private static final int MOST_VALUES = 1_000_000;
  private static final int NEWEST_PROTOCOL = 5;

  private final PickleInput input;
  private final FileErrors errors;
  private final PickleStack stack;
  private final PickleMemo memo;
  private final PickleTexts texts;
  private final Rebuilding rebuilding;
  private final @Nullable Map<String, Storage> storages;
  private int operations;
  private int values;

  private Unpickler(PickleInput input, @Nullable Map<String, Storage> storages) {
    this.input = input;
    this.storages = storages;
    errors = input.errors();
    stack = new PickleStack(errors);
    memo = new PickleMemo(errors);
    texts = new PickleTexts(input);
    rebuilding = new Rebuilding(errors);
  }

  /**
   * Reads one pickle; the input is then positioned after it.
   *
   * @param storages receives the storages to which the pickle refers, by key; null if it may not
   *     refer to any
   */
  public static Value read(PickleInput input, @Nullable Map<String, Storage> storages) {
    return new Unpickler(input, storages).run();
  }

  private Value run() {
    while (true) {
      if (++operations > MOST_OPERATIONS) {
        throw errors.damaged(
            "its pickle has more than %d operations; no checkpoint needs as many."
                .formatted(MOST_OPERATIONS));
      }
      int code = input.next();
      if (code == '.') {
        return stack.pop();
      }
      if (!plain(code) && !container(code) && !bookkeeping(code) && !named(code)) {
        throw errors.damaged("its pickle has the unknown operation 0x%02x.".formatted(code));
      }
    }
  }

  /** Opcodes of numbers, strings and bytes. */
  private boolean plain(int code) {
    switch (code) {
      case 'N' -> stack.push(Scalar.NONE);
      case 0x88 -> stack.push(Scalar.TRUE);
      case 0x89 -> stack.push(Scalar.FALSE);
      case 'J' -> push(new Scalar((long) (int) input.number(4)));
      case 'K' -> push(new Scalar(input.number(1)));
      case 'M' -> push(new Scalar(input.number(2)));
      case 'G' -> push(new Scalar(Double.longBitsToDouble(Long.reverseBytes(input.number(8)))));
      case 'F' -> push(texts.decimal());
      case 'I', 'L' -> push(texts.wholeNumber());
      case 0x8a -> push(texts.twosComplement(input.number(1)));
      case 0x8b -> push(texts.twosComplement(input.number(4)));
      case 'S' -> push(texts.quotedLine());
      case 'V' -> push(texts.escapedLine());
      case 'U', 0x8c -> push(texts.text(input.number(1)));
      case 'T', 'X' -> push(texts.text(input.number(4)));
      case 0x8d -> push(texts.text(input.number(8)));
      case 'C' -> push(texts.bytes(input.number(1)));
      case 'B' -> push(texts.bytes(input.number(4)));
      case 0x8e, 0x96 -> push(texts.bytes(input.number(8)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int code) {
    switch (code) {
      case ')' -> push(new Sequence(Sequence.Form.TUPLE, List.of()));
      case ']' -> push(new Sequence(Sequence.Form.LIST, List.of()));
      case 0x8f -> push(new Sequence(Sequence.Form.SET, List.of()));
      case '}' -> push(new Dict());
      case 't' -> push(new Sequence(Sequence.Form.TUPLE, stack.popToMark()));
      case 'l' -> push(new Sequence(Sequence.Form.LIST, stack.popToMark()));
      case 0x91 -> push(new Sequence(Sequence.Form.SET, stack.popToMark()));
      case 'd' -> {
        List<Value> items = stack.popToMark();
        push(new Dict());
        setItems(items);
      }
      case 0x85, 0x86, 0x87 -> {
        Value[] items = new Value[code - 0x84];
        for (int i = items.length - 1; i >= 0; i--) {
          items[i] = stack.pop();
        }
        push(new Sequence(Sequence.Form.TUPLE, List.of(items)));
      }
      case 'a' -> append(List.of(stack.pop()), Sequence.Form.LIST);
      case 'e' -> append(stack.popToMark(), Sequence.Form.LIST);
      case 0x90 -> append(stack.popToMark(), Sequence.Form.SET);
      case 's' -> {
        Value value = stack.pop();
        setItems(List.of(stack.pop(), value));
      }
      case 'u' -> setItems(stack.popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean bookkeeping(int code) {
    switch (code) {
      case 0x80 -> {
        long protocol = input.number(1);
        if (protocol > NEWEST_PROTOCOL) {
          throw errors.damaged(
              "its pickle has the protocol %d; protocols up to %d are read."
                  .formatted(protocol, NEWEST_PROTOCOL));
        }
      }
      case 0x95 -> {
        long length = input.number(8);
        input.requireWithin(length);
      }
      case '(' -> stack.mark();
      case '0' -> {
        if (stack.atMark()) {
          stack.popToMark();
        } else {
          stack.pop();
        }
      }
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case 'p' -> memo.put(texts.index(), stack.top());
      case 'q' -> memo.put(input.number(1), stack.top());
      case 'r' -> memo.put(input.number(4), stack.top());
      case 0x94 -> memo.add(stack.top());
      case 'g' -> stack.push(memo.get(texts.index()));
      case 'h' -> stack.push(memo.get(input.number(1)));
      case 'j' -> stack.push(memo.get(input.number(4)));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Opcodes that make Python resolve a name, call a function or ask the caller for an object. */
  private boolean named(int code) {
    switch (code) {
      case 'c' -> push(texts.global(input.utf8Line(), input.utf8Line()));
      case 0x93 -> {
        Value name = stack.pop();
        push(texts.global(text(stack.pop()), text(name)));
      }
      case 'R' -> {
        Value arguments = stack.pop();
        push(rebuilding.call(stack.pop(), arguments));
      }
      case 0x81 -> {
        Value arguments = stack.pop();
        push(rebuilding.make(stack.pop(), arguments));
      }
      case 0x92 -> {
        stack.pop();
        Value arguments = stack.pop();
        push(rebuilding.make(stack.pop(), arguments));
      }
      case 'o' -> {
        List<Value> items = stack.popToMark();
        if (items.isEmpty()) {
          throw errors.damaged("its pickle makes an object without a class.");
        }
        push(
            rebuilding.make(
                items.get(0), new Sequence(Sequence.Form.TUPLE, items.subList(1, items.size()))));
      }
      case 'i' -> {
        Global type = texts.global(input.utf8Line(), input.utf8Line());
        push(rebuilding.make(type, new Sequence(Sequence.Form.TUPLE, stack.popToMark())));
      }
      // The state of an opaque object, or attributes that Inlay does not read.
      case 'b' -> stack.pop();
      case 'Q' -> push(storage(stack.pop()));
      case 'P' ->
          throw errors.of(
              "it is pickled with protocol 0, which PyTorch itself does not read. "
                  + "Save it again with torch.save and no pickle_protocol.");
      case 0x82, 0x83, 0x84 -> throw errors.damaged("its pickle uses Python's extension registry.");
      case 0x97, 0x98 -> throw errors.damaged("its pickle uses buffers outside of it.");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void push(Value value) {
    if (++values > MOST_VALUES) {
      throw errors.damaged(
          "its pickle holds more than %d values; no checkpoint needs as many."
              .formatted(MOST_VALUES));
    }
    stack.push(value);
  }

  private void append(List<Value> items, Sequence.Form form) {
    Value target = stack.top();
    if (target instanceof Sequence sequence && sequence.form() == form) {
      sequence.items().addAll(items);
    } else if (!(target instanceof Opaque)) {
      throw errors.damaged("its pickle adds items to %s.".formatted(target.kind()));
    }
  }

  private void setItems(List<Value> items) {
    Value target = stack.top();
    if (items.size() % 2 != 0) {
      throw errors.damaged("its pickle has a key without a value.");
    }
    if (target instanceof Dict dict) {
      for (int i = 0; i < items.size(); i += 2) {
        dict.put(items.get(i), items.get(i + 1));
      }
    } else if (!(target instanceof Opaque)) {
      throw errors.damaged("its pickle sets items of %s.".formatted(target.kind()));
    }
  }

  private String text(Value value) {
    if (value instanceof Scalar scalar && scalar.content() instanceof String text) {
      return text;
    }
    throw errors.damaged("its pickle names a class by %s.".formatted(value.kind()));
  }

  private Storage storage(Value id) {
    @Nullable Storage storage = storages == null ? null : rebuilding.storage(id);
    if (storages == null || storage == null) {
      throw errors.damaged("its pickle refers to something outside of it that is no storage.");
    }
    Storage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && (known.type() != storage.type() || known.count() != storage.count())) {
      throw errors.damaged(
          "its pickle describes the storage %s in two ways.".formatted(Text.quoted(storage.key())));
    }
    return storage;
  }
}
