package io.github.resilientchat.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where quotas are kept: in this process's memory.
 *
 * @param maxKeys Most users whose accounts are kept at a time.
 */
record StoreProperties(@DefaultValue("100000") long maxKeys) {}
