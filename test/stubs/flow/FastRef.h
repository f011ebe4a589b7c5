// Mock of flow's counted references. Declarations only.
#pragma once

template <class P>
class Reference {
 public:
  Reference();
  explicit Reference(P* object);
  Reference(const Reference&);
  ~Reference();
  static Reference addRef(P* object);
  P* operator->() const;
  P& operator*() const;
};
template <class Subclass>
class ThreadSafeReferenceCounted {
 public:
  void addref() const;
  void delref() const;
};
template <class Subclass>
class ThreadUnsafeReferenceCounted {
 public:
  void addref() const;
  void delref() const;
};
template <class Subclass>
using ReferenceCounted = ThreadUnsafeReferenceCounted<Subclass>;
