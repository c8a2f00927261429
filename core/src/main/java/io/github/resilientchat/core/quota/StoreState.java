package io.github.resilientchat.core.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a store that instances share is doing, as this instance sees it.
 *
 * @param away whether it cannot be asked, so that {@link OnStoreFailure} holds
 * @param since when that turned last; null while it never did
 * @param why what the store's client said when it went away, by type; null while it is there
 * @param untold calls that are over, of which the store does not know yet what they used
 * @param lost calls of which it will never know, because there were too many or it was too late
 * @param asked how often it was asked for a call
 * @param unanswered how often it did not answer in time
 */
public record StoreState(
    boolean away,
    @Nullable Instant since,
    @Nullable String why,
    long untold,
    long lost,
    long asked,
    long unanswered) {}
