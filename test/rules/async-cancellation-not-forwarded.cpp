// async-cancellation-not-forwarded
