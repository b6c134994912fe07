package dev.inlay.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Counterpart;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The YAML form of references. */
final class ReferenceFileTest {

  private static List<Reference> parse(String text) {
    return ReferenceFile.parse("net.yaml", new StringReader(text));
  }

  @Test
  void everyKeyHasItsPlace() {
    String text =
        """
        example: resnet18 | enc | fcn
        references:
          - project: mmsegmentation
            head: EncHead
            is: >-
              enc(laterals={add_lateral=false})
              | fcn
            words: {add_lateral: {false: 0, true: "{earlier}"}}
            only: {kernel: 3, concat: {must: false, default: true}}
            ignore: [loss_se_decode]
            rename: {conv5.0.: bottleneck., 1.: ""}
          - file: encnet.py
            class: EncModule
            is: enc(codes={ncodes=32})
            part: module
            inputs: [1, 2, 0]
        """;
    assertThat(parse(text))
        .containsExactly(
            Reference.of(
                    Counterpart.head("mmsegmentation", "EncHead"),
                    "enc(laterals={add_lateral=false}) | fcn")
                .saying("add_lateral", Map.of("false", "0", "true", "{earlier}"))
                .only("kernel", "3", "3")
                .only("concat", "true", "false")
                .ignoring("loss_se_decode")
                .renaming("conv5.0.", "bottleneck.")
                .renaming("1.", ""),
            Reference.of(
                    Counterpart.sourceClass("encnet.py", "EncModule"), "enc(codes={ncodes=32})")
                .part("module")
                .taking(1, 2, 0));
  }

  @Test
  void everyRoleHasItsKey() {
    assertThat(
            parse(
                """
                references:
                  - {project: p, backbone: A, is: a}
                  - {project: p, neck: B, is: a}
                  - {project: p, head: [C, D], is: a}
                  - {project: p, auxiliary: E, is: a}
                  - {project: p, module: F, is: a}
                """))
        .extracting(Reference::counterpart)
        .containsExactly(
            Counterpart.backbone("p", "A"),
            Counterpart.neck("p", "B"),
            Counterpart.head("p", "C", "D"),
            Counterpart.auxiliary("p", "E"),
            Counterpart.module("p", "F"));
  }

  @Test
  void aFileWithoutTheSectionHasNoReferences() {
    assertThat(parse("example: a | b")).isEmpty();
    assertThat(parse("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "references: [{project: p, head: A}]; line 1: this lacks the key 'is'.",
        "references: [{head: A, is: a}]; lacks the key 'project'",
        "references: [{project: p, is: a}]; one of the keys backbone, neck",
        "references: [{project: p, head: A, neck: B, is: a}]; must have exactly one of the keys backbone",
        "references: [{file: a.py, is: a}]; lacks the key 'class'",
        "references: [{project: p, head: A, is: a, renames: {}}]; has the key 'renames'; known keys are",
        "references: [{project: p, head: A, is: [a]}]; must be a single value",
        "references: [{project: p, head: A, is: a, ignore: b}]; must be a list",
        "references: [{project: p, head: A, is: a, inputs: [x]}]; must be the number of an input",
        "references: [{project: p, head: A, is: a, only: {x: {must: 1}}}]; lacks the key 'default'",
        "references: [{project: p, head: A, is: a, rename: {x: y, x: z}}]; has the key 'x' twice",
        "references: {}; must be a list",
        "references: [; net.yaml is not YAML",
        "references: [{project: p, neck: [A, B], is: a}]; Give a neck one type"
      })
  void whatIsWrongIsSaidWithItsLine(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(message);
  }
}
