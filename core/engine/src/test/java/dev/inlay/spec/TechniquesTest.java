package dev.inlay.spec;

import static dev.inlay.spec.Samples.forms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Technique;
import dev.inlay.spec.Samples.None;
import dev.inlay.spec.Samples.SampleBackbone;
import dev.inlay.spec.Samples.SampleContext;
import dev.inlay.spec.Techniques.Entry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The registry finds by every name, and lets no two things have one name. */
final class TechniquesTest {
  private static final String CONTEXT = "dev.inlay.spec.Samples$SampleContext";
  private static final String BACKBONE = "dev.inlay.spec.Samples$SampleBackbone";

  @Test
  void findsByNameAndByShortForm() {
    Techniques all = Samples.TECHNIQUES;
    assertThat(all.names())
        .containsExactly("aspp", "dice", "every", "faulty", "fcn", "resnet", "strip-pooling");
    assertThat(all.all()).extracting(Technique::name).containsExactlyElementsOf(all.names());
    assertThat(all.find("aspp")).contains(Samples.ASPP_CONTEXT);
    assertThat(all.find("resnet101")).contains(Samples.RESNET_BACKBONE);
    assertThat(all.find("pspnet_r50-d8")).isEmpty();
    assertThat(all.entry("resnet18")).map(Entry::origin).contains("samples.jar");
    assertThat(all.shortForms().get("resnet50").spec()).isEqualTo("resnet(depth=50)");
    assertThat(all.presets().keySet()).containsExactly("fcn_r18", "lost_r18", "pspnet_r50-d8");
    assertThat(all.presets().get("fcn_r18").entry().origin()).isEqualTo("samples.jar");
  }

  @Test
  void aNameThatIsNotThereGetsTheNearestAndAll() {
    Techniques few = Samples.techniques("Looked in plugins.", Samples.ASPP_CONTEXT, Samples.FCN);
    assertThatThrownBy(() -> few.get("apsp"))
        .hasMessage(
            "no technique is named 'apsp'. Did you mean 'aspp'? Techniques: aspp, fcn."
                + " Looked in plugins.");
    assertThat(few.get("aspp")).isSameAs(Samples.ASPP_CONTEXT);
  }

  @Test
  void twoTechniquesOfOneNameAreRefusedWithBothOrigins() {
    List<Entry> two =
        List.of(entry("aspp", "a.jar"), entry("ppm", "b.jar"), entry("aspp", "class path"));
    assertThatThrownBy(() -> Techniques.of(two))
        .hasMessage(
            "two claim the name 'aspp': the technique "
                + CONTEXT
                + " of a.jar, and the technique "
                + CONTEXT
                + " of class path; keep one");
  }

  @Test
  void aHostCanDropJustTheSecond() {
    TechniquesBuilder builder = new TechniquesBuilder();
    assertThat(builder.offer(entry("ppm", "a.jar"))).isEmpty();
    assertThat(builder.offer(backbone("vgg", forms("ppm", "vgg(depth=16)"), Map.of())))
        .contains(
            "two claim the name 'ppm': the technique "
                + CONTEXT
                + " of a.jar, and the short form"
                + " of "
                + BACKBONE
                + " of b.jar; keep one");
    assertThat(builder.offer(backbone("vgg", forms("vgg16", "vgg"), forms("ppm", "vgg | fcn"))))
        .contains(
            "two claim the name 'ppm': the technique "
                + CONTEXT
                + " of a.jar, and the preset"
                + " of "
                + BACKBONE
                + " of b.jar; keep one");
    assertThat(builder.offer(backbone("vgg", forms("vgg16", "vgg"), Map.of()))).isEmpty();
    assertThat(builder.offer(entry("vgg16", "c.jar"))).isPresent();
    assertThat(builder.offer(entry("aspp", "d.jar"))).isEmpty();
    Techniques techniques = builder.build("");
    assertThat(techniques.names()).containsExactly("aspp", "ppm", "vgg");
    assertThat(techniques.shortForms().keySet()).containsExactly("vgg16");
    assertThat(techniques.presets()).isEmpty();
  }

  @Test
  void aTechniqueCannotClaimANameTwiceItself() {
    assertThat(new TechniquesBuilder().offer(backbone("vgg", forms("vgg", "vgg"), Map.of())))
        .contains(
            "two claim the name 'vgg': the technique "
                + BACKBONE
                + " of b.jar, and the short form"
                + " of "
                + BACKBONE
                + " of b.jar; keep one");
  }

  @Test
  void namesKeepTheirForm() {
    for (String name :
        new String[] {"", "Aspp", "2d", "a_b", "a-", "a--b", "-a", "a b", "é", "a.b"}) {
      assertThat(new TechniquesBuilder().offer(entry(name, "a.jar")))
          .contains(
              "the technique "
                  + CONTEXT
                  + " of a.jar is named '"
                  + name
                  + "'; a name is lower-case letters and digits, in parts joined by hyphens");
    }
    assertThat(new TechniquesBuilder().offer(backbone("vgg", forms("VGG", "vgg"), Map.of())))
        .contains(
            "the technique "
                + BACKBONE
                + " of b.jar has the short form 'VGG'; a name is lower-case"
                + " letters and digits, in parts joined by hyphens");
    assertThat(new TechniquesBuilder().offer(backbone("vgg", Map.of(), forms("a b", "vgg | fcn"))))
        .contains(
            "the technique "
                + BACKBONE
                + " of b.jar has the preset 'a b'; a preset's name is"
                + " lower-case letters and digits, in parts joined by - or _ or .");
  }

  @Test
  @SuppressWarnings("NullAway") // a plugin may give null whatever the contract says
  void aTechniqueThatCannotTellItsNamesIsLeftOut() {
    assertThat(new TechniquesBuilder().offer(backbone("vgg", null, Map.of())))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .startsWith(
                        "the technique "
                            + BACKBONE
                            + " of b.jar cannot tell its names: java.lang."));
    assertThat(new TechniquesBuilder().offer(entry(null, "a.jar")))
        .hasValueSatisfying(reason -> assertThat(reason).contains(" is named 'null';"));
  }

  private static Entry entry(String name, String origin) {
    return new Entry(new SampleContext<>(name, new None()), origin);
  }

  private static Entry backbone(
      String name, Map<String, String> shortForms, Map<String, String> presets) {
    return new Entry(new SampleBackbone<>(name, Samples.RESNET, shortForms, presets), "b.jar");
  }
}
