package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.assemble.Assembly;
import dev.inlay.weights.TensorInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What parameters are called that a reference stores more than once. */
final class KeyMapTest {

  private static final String SHARED = "last.conv_seg.weight";

  private static final String MAIN = "head.key.weight";

  private static final String COPY = "head.query.weight";

  private static final Assembly NETWORK = SampleParts.assembly("trunk | last", 5);

  private static Transfer transfer(String... held) {
    MemoryFile file = MemoryFile.of("trunk | last", 5, "Inlay");
    Map<String, TensorInfo> tensors = new LinkedHashMap<>(file.tensors());
    TensorInfo stored = tensors.remove(SHARED);
    for (String name : held) {
      tensors.put(name, new TensorInfo(name, stored.type(), stored.shape()));
    }
    KeyMap keys = new KeyMap("sample", Map.of(SHARED, MAIN), Map.of(SHARED, List.of(COPY)));
    return Transfer.of(tensors, NETWORK, keys, each -> true, each -> false);
  }

  @Test
  void severalPrefixesOfOneNameAreCopies() {
    Map<String, String> renamed = new LinkedHashMap<>();
    renamed.put("other.", "");
    renamed.put("key.", "key.");
    renamed.put("query.", "key.");
    KeyMap.Place place = new KeyMap.Place("head.", renamed);
    assertThat(place.keys("key.weight")).containsExactly(MAIN, COPY);
    assertThat(place.keys("value.weight")).containsExactly("head.other.value.weight");
    assertThat(new KeyMap.Place("head.", Map.of()).keys("key.weight")).containsExactly(MAIN);
  }

  @Test
  void aFileMayHaveAllCopiesOrAnyOne() {
    assertThat(transfer(MAIN, COPY).sources().get(SHARED).name()).isEqualTo(MAIN);
    assertThat(transfer(MAIN).sources().get(SHARED).name()).isEqualTo(MAIN);
    assertThat(transfer(COPY).sources().get(SHARED).name()).isEqualTo(COPY);
    assertThat(transfer().missing()).extracting(each -> each.name()).containsExactly(SHARED);
  }

  @Test
  void copiesAreNotLeftOut() {
    assertThat(transfer(MAIN, COPY).leftOut()).isEmpty();
    assertThat(transfer(MAIN, "head.third.weight").leftOut())
        .extracting(TensorInfo::name)
        .containsExactly("head.third.weight");
  }
}
