package dev.inlay;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a technique and its summary. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {

  /** The name in specs: lower case, digits and hyphens, unique among all techniques. */
  String value();

  /** What the technique computes, in one sentence. */
  String says();
}
