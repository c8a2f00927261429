package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt of a call used; the whole bill of a call that made no other.
 *
 * @param target the target's name
 * @param model what the request was sent to
 * @param prices the model's, or null when they are unknown
 * @param estimated whether the tokens are the engine's estimate, because the target never said
 */
public record Charge(
    String target, String model, @Nullable Prices prices, Usage usage, boolean estimated)
    implements Bill {

  /** Billionths of a US dollar; 0 when prices are unknown. */
  @Override
  public long nanoUsd() {
    return prices == null ? 0 : prices.nanoUsdOf(usage);
  }

  @Override
  public long tokens(TokenWeights weights) {
    return weights.of(usage);
  }

  @Override
  public List<Charge> charges() {
    return List.of(this);
  }

  @Override
  public boolean open() {
    return false;
  }

  @Override
  public boolean isNothing() {
    return false;
  }

  @Override
  public boolean isPriced() {
    return prices != null;
  }

  @Override
  public boolean isEstimated() {
    return estimated;
  }
}
