package dev.rowan.internal.session;

/** What the session in a transaction of other code's does when that commits or rolls back. Not thread-safe. */
final class Participation extends ManagerSavepoints {

    private final SessionExecutor session;
    private final Runnable whenEnded;
    private boolean isFinished;

    /** @param whenEnded runs after the end of the session */
    Participation(SessionExecutor session, Runnable whenEnded) {
        super(session);
        this.session = session;
        this.whenEnded = whenEnded;
    }

    @Override
    public void beforeCommit() {
        session.commit();
    }

    @Override
    public void afterCommit() {
        finish();
    }

    @Override
    public void afterCompletion(boolean isCommitted) {
        try {
            if (isCommitted) {
                finish();
            } else {
                session.rolledBack();
            }
        } finally {
            session.end();
            whenEnded.run();
        }
    }

    /** Runs the actions after the commit, once: a session that begins during the commit hears of its end only. */
    private void finish() {
        if (isFinished) {
            return;
        }
        isFinished = true;
        var isLate = session.hasChangedRecords();
        session.close();
        session.afterCommit().run();
        if (isLate) {
            throw new IllegalStateException(
                    "The transaction is committed without some changes of its session's records:"
                            + " they were made when the session had written its changes already, or in its first use by a"
                            + " listener of the commit. Call session.flush() there, or make them earlier.");
        }
    }
}
