package io.github.resilientchat.autoconfigure.simulator;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * On the class of a test with an application context: the local Bedrock answers, whatever backend
 * the application's own files say, and every test method finds it and the engine as new. A test
 * takes the bean of type {@link io.github.resilientchat.simulator.BedrockSimulator} to script
 * answers, faults and quotas, and the one of type {@link SimulatedTime} to let time pass.
 *
 * <p>Before each method the log, the faults, the quotas and the answers of the simulator are those
 * it started with, and so much time has passed for the engine that nothing rests, no quota of a
 * caller is used, not even a month's, and no breaker is open; what was learnt of sizes and the log
 * of decisions are forgotten. Contexts are cached as ever. Methods must not run at once that share
 * a context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Import(SimulatedTime.class)
@TestPropertySource(properties = {"resilient.backend=simulator", "spring.main.cloud-platform=none"})
public @interface AutoConfigureResilientSimulator {}
