;;; eglot.el --- The same as neovim.lua, in Emacs  -*- lexical-binding: t -*-

(require 'package)
(package-initialize)
(require 'eglot)

(defun wait-until (done)
  "Let the server talk until DONE says yes, for a minute at most."
  (let ((end (+ (float-time) 60)))
    (while (and (not (funcall done)) (< (float-time) end))
      (accept-process-output nil 0.05))
    (unless (funcall done)
      (message "it takes too long")
      (kill-emacs 1))))

(defun ours ()
  "Our diagnostics of this buffer, as the server said them."
  (seq-filter (lambda (said) (equal (plist-get said :source) "async-tidy"))
              (mapcar (lambda (d)
                        (alist-get 'eglot-lsp-diag (flymake-diagnostic-data d)))
                      (flymake-diagnostics))))

(find-file "main.cpp")
(let ((eglot-server-programs
       `((c++-mode . ,(split-string (getenv "ASYNC_CLANGD")))))
      (eglot-sync-connect 60))
  (apply #'eglot (eglot--guess-contact)))
(wait-until #'ours)

(while (ours)
  (let* ((said (car (ours)))
         (before (length (ours)))
         (range (eglot--range-region (plist-get said :range)))
         (line (line-number-at-pos (car range)))
         (actions (eglot-code-actions (car range) (cdr range) "quickfix" nil))
         (action (seq-find
                  (lambda (a) (not (string-prefix-p "suppress"
                                                    (plist-get a :title))))
                  actions)))
    (message "found %s in line %d" (plist-get said :code) line)
    (message "applied: %s" (plist-get action :title))
    (eglot--apply-workspace-edit (plist-get action :edit))
    (eglot--signal-textDocument/didChange)
    (wait-until (lambda () (< (length (ours)) before)))))
(message "left: %d" (length (ours)))
(save-buffer)
(kill-emacs 0)
