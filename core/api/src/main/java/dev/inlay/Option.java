package dev.inlay;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One component of an options record: what it means, its default, and the values it may have.
 *
 * <p>The rules hold before the record is made, so that its compact constructor keeps only the rules
 * between several options. The rules for numbers hold for every value of a list.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Option {

  /** What the option means, for {@code inlay describe}. */
  String value();

  /** The default as a spec writes it: {@code "256"}, {@code "[6, 12, 18]"}, {@code "last"}. */
  String is();

  /** The least number allowed. */
  double least() default Double.NEGATIVE_INFINITY;

  /** The largest number allowed. */
  double most() default Double.POSITIVE_INFINITY;

  /** A number that is too small itself: every larger one is allowed. */
  double above() default Double.NEGATIVE_INFINITY;

  /** A number that is too large itself: every smaller one is allowed. */
  double below() default Double.POSITIVE_INFINITY;

  /** Whether the number must be odd and positive, as the sizes of kernels are. */
  boolean odd() default false;

  /** The only numbers allowed, where they are few. */
  long[] oneOf() default {};

  /** How many values a list must have; 0 allows any number of them. */
  int size() default 0;

  /** Whether a list may be empty. */
  boolean empty() default false;
}
