package dev.inlay;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface that Inlay implements and a technique only calls. A later version of Inlay may
 * add methods to it, which no technique has to know; a class of a plugin that implements it would
 * lack them.
 *
 * <p>The other interfaces of this package are implemented by authors: they get new methods only
 * with a default. OSGi calls the two kinds of interfaces provider types and consumer types.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Provided {}
