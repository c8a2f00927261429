package io.github.resilientchat.simulator;

import org.jspecify.annotations.Nullable;

/**
 * How many calls a Region serves at a time, whoever makes them and wherever they come from: what
 * accounts share. A call beyond that is refused with 503 ServiceUnavailableException, or with 529
 * overloaded_error, whatever quota is left.
 *
 * @param region that serves, of a call's possible destinations
 * @param model base model id, or null for all models together
 */
public record Capacity(String region, int concurrent, @Nullable String model, int status) {

  public Capacity {
    if (concurrent < 0) {
      throw new IllegalArgumentException("concurrent must not be negative: " + concurrent);
    }
    if (status != 503 && status != 529) {
      throw new IllegalArgumentException("status must be 503 or 529, not " + status);
    }
  }

  /** So many calls to all models, others get 503. */
  public static Capacity of(String region, int concurrent) {
    return new Capacity(region, concurrent, null, 503);
  }

  /** The same for one model alone. */
  public Capacity model(String id) {
    return new Capacity(region, concurrent, id, status);
  }

  /** The same with 529 for those who find no room. */
  public Capacity overloaded() {
    return new Capacity(region, concurrent, model, 529);
  }

  boolean covers(String servedIn, String modelId) {
    return region.equals(servedIn) && (model == null || model.equals(modelId));
  }

  ApiError refusal() {
    return status == 529
        ? ApiError.of(529, "overloaded_error", "Overloaded")
        : ApiError.of(
            503, "ServiceUnavailableException", "Bedrock is unable to process your request.");
  }
}
