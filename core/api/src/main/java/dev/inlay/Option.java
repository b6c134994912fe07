package dev.inlay;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The meaning, the default and the allowed values of one component of an options record.
 *
 * <p>The rules are checked before the record is created; its compact constructor checks only the
 * rules between several options. The rules for numbers apply to every value of a list.
 *
 * <p>In Java it stands before a component. In Kotlin it stands before a property of a data class
 * that is a {@code JvmRecord}, with or without a target such as {@code field}:
 *
 * <pre>
 *   &#64;JvmRecord
 *   data class Options(@Option("the channels of the result", least = 1.0) val channels: Int = 512)
 * </pre>
 *
 * <p>It is not for parameters: Kotlin would warn of every annotation that fits both a parameter and
 * a field and does not say which.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface Option {

  /** The option's meaning, for {@code inlay describe}. */
  String value();

  /**
   * The default in the notation of specs: {@code "256"}, {@code "[6, 12, 18]"}, {@code "last"}. If
   * it is empty, the record's constructor without arguments gives the default, which Kotlin makes
   * for a class whose properties all have default values.
   */
  String is() default "";

  /** The smallest number allowed. */
  double least() default Double.NEGATIVE_INFINITY;

  /** The largest number allowed. */
  double most() default Double.POSITIVE_INFINITY;

  /** The exclusive lower bound: numbers must be greater. */
  double above() default Double.NEGATIVE_INFINITY;

  /** The exclusive upper bound: numbers must be less. */
  double below() default Double.POSITIVE_INFINITY;

  /** Whether the number must be odd and positive, as for kernel sizes. */
  boolean odd() default false;

  /** The only numbers allowed; empty allows any. */
  long[] oneOf() default {};

  /** The length that a list must have; 0 allows any length. */
  int size() default 0;

  /** Whether a list may be empty. */
  boolean empty() default false;
}
