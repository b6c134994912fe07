package dev.inlay;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The paper that published a technique, with its number on arXiv or another address. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Cites {

  /** The paper's title. */
  String title();

  /** The authors, as in "Chen et al.". */
  String authors();

  /** The conference or journal with the year, as in "CVPR 2017". */
  String venue();

  /** The paper's number on arXiv, as in "1706.05587". */
  String arxiv() default "";

  /** The address of a paper that is not on arXiv; it begins with {@code https://}. */
  String url() default "";
}
