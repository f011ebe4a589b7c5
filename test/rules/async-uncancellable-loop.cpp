// async-uncancellable-loop
