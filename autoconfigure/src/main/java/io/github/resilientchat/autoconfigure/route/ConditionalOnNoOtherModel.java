package io.github.resilientchat.autoconfigure.route;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Matches while there is no model bean of the type, but for those that routes list by name. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnNoOtherModel.class)
public @interface ConditionalOnNoOtherModel {

  Class<?> value();
}
