// async-swallowed-cancellation
