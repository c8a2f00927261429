package io.github.resilientchat.autoconfigure.quota;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where quotas are kept: in this process's memory.
 *
 * @param maxKeys Most users whose accounts are kept at a time.
 */
@ConfigurationProperties("resilient.store")
record StoreProperties(@DefaultValue("100000") long maxKeys) {}
