// No guard: the namespace around it is that of one version or another.
class cursor {
 public:
  class iterator {
   public:
    const document& operator*() const;
    iterator& operator++();
    bool operator!=(const iterator&) const;
  };
  iterator begin();
  iterator end();
};
class change_stream {
 public:
  class iterator {
   public:
    const document& operator*() const;
    iterator& operator++();
    bool operator!=(const iterator&) const;
  };
  iterator begin() const;
  iterator end() const;
};
class bulk_write {
 public:
  result execute() const;
};
class index_view {
 public:
  std::string create_one(const document& keys);
  result create_many(const std::vector<document>& models);
  void drop_one(const std::string& name);
  void drop_all();
};
class collection {
 public:
  cursor find(const document& filter);
  cursor aggregate(const document& pipeline);
  template <class... Args>
  result bulk_write(Args&&... args);
  template <class... Args>
  result count_documents(Args&&... args);
  template <class... Args>
  result create_index(Args&&... args);
  template <class... Args>
  result delete_many(Args&&... args);
  template <class... Args>
  result delete_one(Args&&... args);
  template <class... Args>
  result distinct(Args&&... args);
  template <class... Args>
  result drop(Args&&... args);
  template <class... Args>
  result estimated_document_count(Args&&... args);
  template <class... Args>
  result find_one(Args&&... args);
  template <class... Args>
  result find_one_and_delete(Args&&... args);
  template <class... Args>
  result find_one_and_replace(Args&&... args);
  template <class... Args>
  result find_one_and_update(Args&&... args);
  template <class... Args>
  result insert_many(Args&&... args);
  template <class... Args>
  result insert_one(Args&&... args);
  template <class... Args>
  result rename(Args&&... args);
  template <class... Args>
  result replace_one(Args&&... args);
  template <class... Args>
  result update_many(Args&&... args);
  template <class... Args>
  result update_one(Args&&... args);
  index_view indexes();
  change_stream watch();
};
class database {
 public:
  document run_command(const document& command);
  class collection create_collection(const std::string& name);
  void drop();
  bool has_collection(const std::string& name);
  std::vector<std::string> list_collection_names();
  class collection operator[](const std::string& name) const;
};
class client_session {
 public:
  void start_transaction();
  void commit_transaction();
  void abort_transaction();
  template <class F>
  void with_transaction(F body) {}
};
class client {
 public:
  class database operator[](const std::string& name) const;
  std::vector<std::string> list_database_names() const;
  client_session start_session();
};
class pool {
 public:
  class entry {
   public:
    client& operator*() const;
    client* operator->() const;
  };
  entry acquire();
  std::optional<entry> try_acquire();
};
