package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;

/**
 * A limit of which 50, 80, 95 or 100 % is reserved or used. Told once for each share in a window.
 *
 * @param caller of the call that reached it
 * @param plan the plan that the limit belongs to
 * @param limit as configured
 * @param percent the share that was reached
 * @param used what counts now, in the limit's unit (money in billionths of a US dollar); more than
 *     the limit when there is a debt
 */
public record QuotaEvent(
    Scope scope, Caller caller, String route, String plan, Limit limit, int percent, long used) {}
