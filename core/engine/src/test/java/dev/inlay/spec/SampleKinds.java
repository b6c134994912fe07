package dev.inlay.spec;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Objective;
import dev.inlay.Paper;

/** The kinds of techniques, with what all samples of them say alike. */
public final class SampleKinds {

  private static final String SUMMARY = "a sample";
  private static final Paper PAPER = Paper.arxiv("A sample", "Nobody et al.", "TEST 2020", "0");

  private SampleKinds() {}

  /** A backbone. */
  public interface OfBackbone<O extends Record> extends Backbone<O> {
    @Override
    default String summary() {
      return SUMMARY;
    }

    @Override
    default Paper paper() {
      return PAPER;
    }
  }

  /** A context module. */
  public interface OfContext<O extends Record> extends ContextModule<O> {
    @Override
    default String summary() {
      return SUMMARY;
    }

    @Override
    default Paper paper() {
      return PAPER;
    }
  }

  /** A decoder. */
  public interface OfDecoder<O extends Record> extends Decoder<O> {
    @Override
    default String summary() {
      return SUMMARY;
    }

    @Override
    default Paper paper() {
      return PAPER;
    }
  }

  /** An objective. */
  public interface OfObjective<O extends Record> extends Objective<O> {
    @Override
    default String summary() {
      return SUMMARY;
    }

    @Override
    default Paper paper() {
      return PAPER;
    }
  }
}
