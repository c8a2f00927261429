package io.github.resilientchat.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * What observations of attempts are called and say; a bean of this type says it in place of {@link
 * DefaultAttemptObservationConvention}. Keys of low cardinality become tags of meters: a name that
 * a request brings is none. What it throws costs the observation, not the call.
 */
public interface AttemptObservationConvention
    extends ObservationConvention<AttemptObservationContext> {

  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof AttemptObservationContext;
  }
}
