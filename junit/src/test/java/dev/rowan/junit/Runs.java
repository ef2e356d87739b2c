package dev.rowan.junit;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes as a build does, in a session that has a server of its own. */
@NullUnmarked // JUnit fills in the field
final class Runs implements BeforeAllCallback, AfterAllCallback {

    private LauncherSession session;

    @Override
    public void beforeAll(ExtensionContext context) {
        session = LauncherFactory.openSession(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        session.close();
    }

    /** Runs these classes one after the other. */
    Outcome run(Class<?>... classes) {
        return run(false, classes);
    }

    /** Runs these classes, and the tests of each, beside each other. */
    Outcome runInParallel(Class<?>... classes) {
        return run(true, classes);
    }

    private Outcome run(boolean parallel, Class<?>... classes) {
        var prefix = "junit.jupiter.execution.parallel.";
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasses(classes))
                .configurationParameter(prefix + "enabled", String.valueOf(parallel))
                .configurationParameter(prefix + "config.executor-service", "WORKER_THREAD_POOL")
                .configurationParameter(prefix + "mode.default", "concurrent")
                .configurationParameter(prefix + "config.strategy", "fixed")
                .configurationParameter(prefix + "config.fixed.parallelism", "4")
                .build();
        var outcome = new Outcome(new ConcurrentSkipListSet<>(), new ConcurrentSkipListMap<>());
        session.getLauncher().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                var name = test.getDisplayName().replace("()", "");
                result.getThrowable()
                        .ifPresentOrElse(failure -> outcome.failures().put(name, failure), () -> {
                            if (test.isTest()) {
                                outcome.passed().add(name);
                            }
                        });
            }
        });
        return outcome;
    }
}
