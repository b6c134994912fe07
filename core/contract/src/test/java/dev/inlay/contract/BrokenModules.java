package dev.inlay.contract;

import dev.inlay.Check;
import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Scope;

/** Techniques that the contract must not let pass: each breaks one rule of what it says. */
public final class BrokenModules {

  private BrokenModules() {}

  /** Convolves to as many channels as its options say. */
  private abstract static class Convolution<O extends Record> implements ContextModule<O> {

    abstract int channels(O options);

    @Override
    public Features build(O options, Features input, Scope scope) {
      return SampleModule.healthy(Math.max(1, channels(options)), input, scope);
    }
  }

  /** As it should be, but for the line under META-INF/services. */
  @Named(value = "unlisted", says = "Convolves.")
  @Cites(arxiv = "1", title = "A Sample", authors = "Doe et al.", venue = "CVPR 2020")
  public static final class Unlisted extends Convolution<SampleModule.Options> {
    @Override
    int channels(SampleModule.Options options) {
      return options.channels();
    }
  }

  /** Cites a paper without authors and year. */
  @Named(value = "anonymous", says = "Convolves.")
  @Cites(url = "https://example.org", title = "A Sample", authors = " ", venue = "a conference")
  public static final class Anonymous extends Convolution<SampleModule.Options> {
    @Override
    int channels(SampleModule.Options options) {
      return options.channels();
    }
  }

  /** Cites no paper. */
  @Named(value = "unpublished", says = "Convolves.")
  public static final class Unpublished extends Convolution<SampleModule.Options> {
    @Override
    int channels(SampleModule.Options options) {
      return options.channels();
    }
  }

  /** Has a summary that says nothing. */
  @Named(value = "silent", says = "")
  @Cites(arxiv = "1", title = "A Sample", authors = "Doe et al.", venue = "CVPR 2020")
  public static final class Silent extends Convolution<SampleModule.Options> {
    @Override
    int channels(SampleModule.Options options) {
      return options.channels();
    }
  }

  /** Has no file, and so no example. */
  @Named(value = "fileless", says = "Convolves.")
  @Cites(arxiv = "1", title = "A Sample", authors = "Doe et al.", venue = "CVPR 2020")
  public static final class Fileless extends Convolution<SampleModule.Options> {
    @Override
    int channels(SampleModule.Options options) {
      return options.channels();
    }
  }

  /** Has a preset with an option that it has not. */
  @Named(value = "misspelt", says = "Convolves.")
  @Cites(arxiv = "1", title = "A Sample", authors = "Doe et al.", venue = "CVPR 2020")
  public static final class Misspelt extends Convolution<SampleModule.Options> {
    @Override
    int channels(SampleModule.Options options) {
      return options.channels();
    }
  }

  /** No word on what the option means. */
  @Named(value = "unexplained", says = "Convolves.")
  @Cites(arxiv = "1", title = "A Sample", authors = "Doe et al.", venue = "CVPR 2020")
  public static final class Unexplained extends Convolution<Unexplained.Options> {

    /** The options. */
    public record Options(@Option(value = " ", is = "8", least = 1) int channels) {}

    @Override
    int channels(Options options) {
      return options.channels();
    }
  }

  /** Other values than were given. */
  @Named(value = "drifting", says = "Convolves.")
  @Cites(arxiv = "1", title = "A Sample", authors = "Doe et al.", venue = "CVPR 2020")
  public static final class Drifting extends Convolution<Drifting.Options> {

    /** The options. */
    public record Options(
        @Option(value = "channels of the result", is = "8", least = 1) int channels) {
      public Options {
        channels++;
      }
    }

    @Override
    int channels(Options options) {
      return options.channels();
    }
  }

  /** Any number is let through. */
  @Named(value = "unchecked", says = "Convolves.")
  @Cites(arxiv = "1", title = "A Sample", authors = "Doe et al.", venue = "CVPR 2020")
  public static final class Unchecked extends Convolution<Unchecked.Options> {

    /** The options. */
    public record Options(@Option(value = "channels of the result", is = "8") int channels) {}

    @Override
    int channels(Options options) {
      return options.channels();
    }
  }

  /** The refusal does not say what is refused. */
  @Named(value = "nameless", says = "Convolves.")
  @Cites(arxiv = "1", title = "A Sample", authors = "Doe et al.", venue = "CVPR 2020")
  public static final class Nameless extends Convolution<Nameless.Options> {

    /** The options. */
    public record Options(@Option(value = "channels of the result", is = "8") int channels) {
      public Options {
        Check.that(channels > 0, "that number is too small");
      }
    }

    @Override
    int channels(Options options) {
      return options.channels();
    }
  }
}
