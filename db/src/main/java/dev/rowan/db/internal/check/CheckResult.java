package dev.rowan.db.internal.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What a check has found, a sentence for each.
 *
 * @param costs what the statements cost
 * @param errors what fails the check
 * @param warnings what does not fail it
 * @param notes what else to know
 */
public record CheckResult(List<Cost> costs, List<String> errors, List<String> warnings, List<String> notes) {

    CheckResult() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
