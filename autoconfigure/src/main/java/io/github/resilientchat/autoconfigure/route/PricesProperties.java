package io.github.resilientchat.autoconfigure.route;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What models cost that say no prices themselves.
 *
 * @param bundled Whether the price book of this library holds, a copy of public lists of November
 *     2026.
 * @param file Location of an own price book, such as file:/etc/prices.csv, which replaces the
 *     models that it names; none when not set.
 */
record PricesProperties(@DefaultValue("true") boolean bundled, @Nullable String file) {}
