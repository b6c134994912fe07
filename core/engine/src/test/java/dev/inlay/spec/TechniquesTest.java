package dev.inlay.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.spec.Techniques.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The registry finds techniques by every name and refuses a name that is used twice. */
final class TechniquesTest {
  private static final String CONTEXT = "dev.inlay.spec.Samples$SelfNamed";

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
            "No technique is named 'apsp'. Did you mean 'aspp'? Techniques: aspp, fcn."
                + " Looked in plugins.");
    assertThat(few.get("aspp")).isSameAs(Samples.ASPP_CONTEXT);
  }

  @Test
  void twoTechniquesOfOneNameAreRefusedWithBothOrigins() {
    List<Entry> two =
        List.of(entry("aspp", "a.jar"), entry("ppm", "b.jar"), entry("aspp", "class path"));
    assertThatThrownBy(() -> Techniques.of(two))
        .hasMessage(
            "Two claim the name 'aspp': the technique "
                + CONTEXT
                + " of a.jar, and the technique "
                + CONTEXT
                + " of class path; keep one.");
  }

  @Test
  void aHostCanDropJustTheSecond() {
    TechniquesBuilder builder = new TechniquesBuilder();
    assertThat(builder.offer(entry("ppm", "a.jar"))).isEmpty();
    assertThat(offer(builder, "vgg", "shortForms:\n  ppm: vgg(depth=16)"))
        .contains(
            "Two claim the name 'ppm': the technique "
                + CONTEXT
                + " of a.jar, and the short form"
                + " of "
                + CONTEXT
                + " of b.jar; keep one.");
    assertThat(offer(builder, "vgg", "shortForms:\n  vgg16: vgg\npresets:\n  ppm: vgg | fcn"))
        .contains(
            "Two claim the name 'ppm': the technique "
                + CONTEXT
                + " of a.jar, and the preset"
                + " of "
                + CONTEXT
                + " of b.jar; keep one.");
    assertThat(offer(builder, "vgg", "shortForms:\n  vgg16: vgg")).isEmpty();
    assertThat(builder.offer(entry("vgg16", "c.jar"))).isPresent();
    assertThat(builder.offer(entry("aspp", "d.jar"))).isEmpty();
    Techniques techniques = builder.build("");
    assertThat(techniques.names()).containsExactly("aspp", "ppm", "vgg");
    assertThat(techniques.shortForms().keySet()).containsExactly("vgg16");
    assertThat(techniques.presets()).isEmpty();
  }

  @Test
  void noShortFormTakesTheNameOfATechniqueWhateverTheirOrder() {
    // Samples.RESNET_BACKBONE has the short forms resnet18 to resnet152.
    Entry resnet = new Entry(Samples.RESNET_BACKBONE, "samples.jar");
    for (List<Entry> order :
        List.of(
            List.of(entry("resnet50", "b.jar"), resnet),
            List.of(resnet, entry("resnet50", "b.jar")))) {
      TechniquesBuilder builder = new TechniquesBuilder();
      assertThat(builder.offerAll(order))
          .containsExactly(
              "Two claim the name 'resnet50': the technique %s of b.jar, and the short form of %s of samples.jar; keep one."
                  .formatted(CONTEXT, Samples.RESNET_BACKBONE.getClass().getName()));
      Techniques techniques = builder.build("");
      assertThat(techniques.names()).containsExactly("resnet", "resnet50");
      assertThat(techniques.entry("resnet50")).map(Entry::origin).contains("b.jar");
      assertThat(techniques.shortForms()).containsKey("resnet18").doesNotContainKey("resnet50");
    }
  }

  @Test
  void theFirstOfTwoShortFormsStays() {
    TechniquesBuilder builder = new TechniquesBuilder();
    Entry one = new Entry(Samples.RESNET_BACKBONE, "first.jar");
    Entry two = new Entry(new OtherResnet(), "second.jar");
    assertThat(builder.offerAll(List.of(one, two)))
        .containsExactly(
            "Two claim the name 'resnet18': the short form of %s of first.jar, and the short form of %s of second.jar; keep one."
                .formatted(
                    Samples.RESNET_BACKBONE.getClass().getName(), OtherResnet.class.getName()));
    Techniques techniques = builder.build("");
    assertThat(techniques.names()).containsExactly("other-resnet", "resnet");
    assertThat(techniques.entry("resnet18")).map(Entry::origin).contains("first.jar");
    assertThat(techniques.entry("other18")).map(Entry::origin).contains("second.jar");
  }

  @Test
  void aTechniqueCannotClaimANameTwiceItself() {
    assertThat(offer(new TechniquesBuilder(), "vgg", "shortForms:\n  vgg: vgg"))
        .contains(
            "Two claim the name 'vgg': the technique "
                + CONTEXT
                + " of b.jar, and the short form"
                + " of "
                + CONTEXT
                + " of b.jar; keep one.");
  }

  @Test
  void namesKeepTheirForm() {
    for (String name :
        new String[] {"", "Aspp", "2d", "a_b", "a-", "a--b", "-a", "a b", "é", "a.b"}) {
      assertThat(new TechniquesBuilder().offer(entry(name, "a.jar")))
          .contains(
              "The technique "
                  + CONTEXT
                  + " of a.jar is named '"
                  + name
                  + "'; a name is lower-case letters and digits, in parts joined by hyphens.");
    }
    assertThat(offer(new TechniquesBuilder(), "vgg", "shortForms:\n  VGG: vgg"))
        .contains(
            "The technique "
                + CONTEXT
                + " of b.jar has the short form 'VGG'; a name is lower-case"
                + " letters and digits, in parts joined by hyphens.");
    assertThat(offer(new TechniquesBuilder(), "vgg", "presets:\n  a b: vgg | fcn"))
        .contains(
            "The technique "
                + CONTEXT
                + " of b.jar has the preset 'a b'; a preset's name is"
                + " lower-case letters and digits, in parts joined by -, _ or a dot.");
  }

  @Test
  void aTechniqueWithABrokenFileIsLeftOut() {
    assertThat(new TechniquesBuilder().offer(new Entry(new BrokenFile(), "a.jar")))
        .contains(
            "The technique dev.inlay.spec.TechniquesTest$BrokenFile of a.jar cannot be read:"
                + " broken-file.yaml beside dev.inlay.spec.TechniquesTest$BrokenFile, line 2, has"
                + " the section 'preset'; the sections are: example, presets, shortForms,"
                + " references.");
  }

  /** A sample whose file has an unknown section. */
  @Named(value = "broken-file", says = "A sample.")
  private static final class BrokenFile implements ContextModule<Samples.None> {
    @Override
    public Features build(Samples.None options, Features input, Scope scope) {
      return input;
    }
  }

  /** A sample that has a short form of its own and one of ResNet's. */
  @Named(value = "other-resnet", says = "A sample.")
  private static final class OtherResnet implements ContextModule<Samples.None> {
    @Override
    public Features build(Samples.None options, Features input, Scope scope) {
      return input;
    }
  }

  private static Entry entry(String name, String origin) {
    return new Entry(new Samples.SelfNamed(name), origin);
  }

  private static Optional<String> offer(TechniquesBuilder builder, String name, String file) {
    return builder.offer(entry(name, "b.jar"), TechniqueFile.parse(name + ".yaml", file));
  }
}
