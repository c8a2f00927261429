package io.github.resilientchat.autoconfigure.app;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application with both frameworks and both their starters, as Spring Boot would start it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BothFrameworksApplication {}
