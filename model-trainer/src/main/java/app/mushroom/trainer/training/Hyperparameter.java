package app.mushroom.trainer.training;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * All there is to know of one of the {@link Hyperparameters}: options, settings files, their checks
 * and the documentation are made from this.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Hyperparameter {

  /** What the preset balanced takes. */
  double value();

  /** Smallest value allowed. */
  double from() default 0;

  /** Largest value allowed. */
  double to();

  /** What runs did that were recorded before this hyperparameter was there; often 0, for off. */
  double before() default Double.NaN;

  /** Its name in options and settings files, where that is not the component's in kebab-case. */
  String name() default "";

  /** What it does, without a full stop, for people who know what training is. */
  String about();
}
