// Qt: what waits for another loop, for a process, for a pool.
// clang-format off: a mark belongs to its line
#include <QCoro/QCoroTask>
#include <QtCore/QtCore>
#include <QtDBus/QtDBus>

QCoro::Task<> calls_bad(QProcess &p, QObject *o) {
  p.waitForStarted(); // expect: async-blocking-call
  QDBusInterface i("a.b", "/a"); // expect: async-blocking-call
  QMetaObject::invokeMethod(o, "x", Qt::BlockingQueuedConnection); // expect: async-sync-wait
  QFile::exists("a"); // expect: async-blocking-call
  co_return;
}

QCoro::Task<> calls_ok(QProcess &p, QObject *o) {
  p.waitForStarted(0);
  QMetaObject::invokeMethod(o, "x", Qt::QueuedConnection);
  co_return;
}

QCoro::Task<> pool_bad() {
  QThreadPool own; // expect: async-blocking-call
  own.setMaxThreadCount(1);
  co_return;
}

QCoro::Task<> guard_bad(QThread &t) {
  auto g = qScopeGuard([&] { t.wait(); }); // missed: async-blocking-call
  co_return;
}
