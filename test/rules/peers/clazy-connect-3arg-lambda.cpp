// Shapes of clazy's connect-3arg-lambda, in our own words: without a context,
// the connection does not end with what the lambda uses.
// level: strict
// clang-format off: a mark belongs to its line
#include <QtCore/QtCore>
#include <QtNetwork/QtNetwork>

class Widget : public QObject {
public:
  void other_bad(QObject *o) {
    QObject::connect(o, &QObject::destroyed, [this] { ++n_; }); // expect: async-callback-capture
  }
  void context_ok(QObject *o) {
    QObject::connect(o, &QObject::destroyed, this, [this] { ++n_; });
    QTimer::singleShot(1, this, [this] { ++n_; });
  }
  void own_sender_ok() {
    QObject::connect(this, &QObject::destroyed, [this] { ++n_; });
    QObject::connect(&timer_, &QTimer::timeout, [this] { ++n_; });
    auto *child = new QTimer(this);
    QObject::connect(child, &QTimer::timeout, [this] { ++n_; });
  }
  void nothing_ok(QObject *o) {
    QObject::connect(o, &QObject::destroyed, [] {});
  }

private:
  QTimer timer_;
  int n_ = 0;
};
void local_bad(QObject *o) {
  int n = 0;
  QObject::connect(o, &QObject::destroyed, [&n] { ++n; }); // expect: async-callback-capture
}
void local_with_context_bad(QObject *o, QObject *context) {
  int n = 0;
  QObject::connect(o, &QObject::destroyed, context, [&n] { ++n; }); // expect: async-callback-capture
}
void waits_ok(QNetworkReply *reply) {
  QEventLoop loop;
  QObject::connect(reply, &QNetworkReply::finished, [&loop] { loop.quit(); });
  loop.exec();
}
void local_sender_ok() {
  QTimer timer;
  int n = 0;
  QObject::connect(&timer, &QTimer::timeout, [&n] { ++n; });
}
void disconnected_ok(QObject *o) {
  int n = 0;
  auto c = QObject::connect(o, &QObject::destroyed, [&n] { ++n; });
  QObject::disconnect(c);
}
void single_shot_bad() {
  int n = 0;
  QTimer::singleShot(1, [&n] { ++n; }); // expect: async-callback-capture
}
void timer_dies_bad() {
  QTimer timer;
  timer.start(10); // expect: async-local-outlived
}
